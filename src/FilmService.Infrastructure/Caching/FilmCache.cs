using System.Collections.Concurrent;
using FilmService.Domain.Films;
using FilmService.Domain.Writing;
using FilmService.Infrastructure.Sqlite;

namespace FilmService.Infrastructure.Caching;

/// <summary>
/// What was committed last: the counters, the films whose last change the tables do not have yet, and some of the others, so
/// that most reads need no query.
/// </summary>
/// <remarks>
/// A recent film comes in before its change is committed and stays until the tables that follow the changes have it. Some of the
/// other films are kept as they are at <see cref="CatalogHead"/>: those that a commit changes are taken out before it, and one that
/// was read from the database comes in only if it was read at these counters. All of that happens under one lock. A reader does
/// not take it: it believes a recent film whose change is committed, and a kept one when the counters are the same before and after
/// it has found it. So a read sees every write that was answered, or seen by anybody, before the read began.
/// </remarks>
internal sealed class FilmCache(CatalogHead counters)
{
    // A million films of names of ordinary length, and room for more.
    private const int MostBytes = 96 << 20;

    private static readonly Comparer<byte[]> ByBytes = Comparer<byte[]>.Create((one, other) => one.AsSpan().SequenceCompareTo(other));

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<FilmId, Recent> _recent = new();
    private readonly Stack<(FilmId Id, Recent? Before)> _underWay = new();
    private readonly KeptFilms _kept = new(counters.Revision.Epoch, MostBytes);
    private CatalogHead _counters = counters;
    private bool _isImporting;

    /// <summary>The counters as the last commit left them.</summary>
    public CatalogHead CatalogHead => Volatile.Read(ref _counters);

    /// <summary>A film, with the revision of the moment; null when it has to be read from the database.</summary>
    public FilmSnapshot? Find(FilmId id)
    {
        var before = CatalogHead;
        if (_recent.TryGetValue(id, out var recent))
        {
            return recent.Film is not null && recent.Revision <= before.Revision.Number ? new FilmSnapshot(recent.Film, before.Revision) : null;
        }

        return _kept.Find(id) is { } film && ReferenceEquals(before, CatalogHead) ? new FilmSnapshot(film, before.Revision) : null;
    }

    /// <summary>
    /// For the writer alone: a film as the last commit left it, null when it is gone. False when it has to be read from the database.
    /// </summary>
    public bool TryFindLast(FilmId id, out Film? film)
    {
        var isRecent = _recent.TryGetValue(id, out var recent);
        film = isRecent ? recent!.Film : _kept.Find(id);
        return isRecent || film is not null;
    }

    /// <summary>True when the tables may lack the film's last change.</summary>
    public bool IsRecent(FilmId id) => _recent.ContainsKey(id);

    /// <summary>The recent films up to a change, in order of ids, as they are stored; null for those that are gone.</summary>
    public IEnumerable<(FilmId Id, Film? Film)> RecentThrough(long through) => _recent
        .Where(recent => recent.Value.Revision <= through)
        .Select(recent => (Key: recent.Key.ToSortKey(), Id: recent.Key, recent.Value.Film))
        .OrderBy(recent => recent.Key, ByBytes)
        .Select(recent => (recent.Id, recent.Film));

    /// <summary>Keeps a film that was read from the database, unless something was committed since.</summary>
    public void Keep(FilmSnapshot snapshot)
    {
        if (snapshot.Film is not { } film)
        {
            return;
        }

        lock (_gate)
        {
            if (!_isImporting && snapshot.Revision == _counters.Revision && !_recent.ContainsKey(film.Id))
            {
                _kept.Add(film);
            }
        }
    }

    /// <summary>Takes in what a commit is about to make of films; call it before the commit, and <see cref="Publish"/> after it.</summary>
    public void Withdraw(ReadOnlySpan<FilmOutcome> outcomes)
    {
        lock (_gate)
        {
            foreach (var outcome in outcomes)
            {
                if (outcome is { Kind: FilmOutcomeKind.Created or FilmOutcomeKind.Replaced or FilmOutcomeKind.Deleted, Replayed: false })
                {
                    _underWay.Push((outcome.Id, _recent.GetValueOrDefault(outcome.Id)));
                    _recent[outcome.Id] = new Recent(outcome.Film, outcome.Revision.Number);
                    _kept.Remove(outcome.Id);
                }
            }
        }
    }

    /// <summary>Takes out all films, before an import is committed; <see cref="Publish"/> follows as well.</summary>
    public void WithdrawAll()
    {
        lock (_gate)
        {
            _isImporting = true;
            _kept.Clear();
        }
    }

    /// <summary>Shows what was committed; after a commit that failed, what was before it.</summary>
    public void Publish(CatalogHead committed)
    {
        lock (_gate)
        {
            while (_underWay.TryPop(out var change))
            {
                if (_recent[change.Id].Revision > committed.Revision.Number)
                {
                    TakeBack(change.Id, change.Before);
                }
            }

            _isImporting = false;
            Volatile.Write(ref _counters, committed);
        }
    }

    /// <summary>Shows that the tables have all changes up to one; the films that were recent until then are kept as others are.</summary>
    public void PublishIndexed(long through)
    {
        lock (_gate)
        {
            // Before the films go, so that a reader who misses one knows it.
            Volatile.Write(ref _counters, _counters with { IndexedThrough = through });
            foreach (var (id, recent) in _recent.Where(recent => recent.Value.Revision <= through))
            {
                if (recent.Film is not null)
                {
                    _kept.Add(recent.Film);
                }

                _recent.TryRemove(id, out _);
            }
        }
    }

    private void TakeBack(FilmId id, Recent? before)
    {
        if (before is null)
        {
            _recent.TryRemove(id, out _);
        }
        else
        {
            _recent[id] = before;
        }
    }

    private sealed record Recent(Film? Film, long Revision);
}
