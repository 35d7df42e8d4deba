using System.Collections.Concurrent;
using FilmService.Domain.Changes;
using FilmService.Domain.Films;
using FilmService.Domain.Writing;

namespace FilmService.Infrastructure.Caching;

/// <summary>
/// What was committed last: the head, the films whose last change the tables do not have yet, and some of the others, so
/// that most reads need no query.
/// </summary>
/// <remarks>
/// A recent film comes in before its change is committed and stays until the tables that follow the changes have it. Some of the
/// other films are kept as they are at <see cref="Committed"/>: those that a commit changes are taken out before it, and one that
/// was read from the database comes in only if it was read at this head. All of that happens under one lock. A reader does
/// not take it: it believes a recent film whose change is committed, and a kept one if the head is the same before and after
/// it has found it. So a read sees every write that was answered, or seen by anybody, before the read began.
/// </remarks>
internal sealed class FilmCache(ProjectedHead head)
{
    // A million films of names of ordinary length, and room for more.
    private const int MostBytes = 96 << 20;

    private static readonly Comparer<byte[]> ByBytes = Comparer<byte[]>.Create((one, other) => one.AsSpan().SequenceCompareTo(other));

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<FilmId, Recent> _recent = new();
    private readonly Stack<(FilmId Id, Recent? Before)> _staged = new();
    private readonly PackedFilmStore _kept = new(head.Revision.Epoch, MostBytes);
    private ProjectedHead _committed = head;
    private bool _isImporting;

    /// <summary>The head as the last commit left it.</summary>
    public ProjectedHead Committed => Volatile.Read(ref _committed);

    /// <summary>A film, with the revision of the moment; null when it has to be read from the database.</summary>
    public FilmSnapshot? Find(FilmId id)
    {
        var before = Committed;
        if (_recent.TryGetValue(id, out var recent))
        {
            return recent.Film is not null && recent.Revision <= before.Revision.Number ? new FilmSnapshot(recent.Film, before.Revision) : null;
        }

        return _kept.Find(id) is { } film && ReferenceEquals(before, Committed) ? new FilmSnapshot(film, before.Revision) : null;
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
            if (!_isImporting && snapshot.Revision == _committed.Revision && !_recent.ContainsKey(film.Id))
            {
                _kept.Add(film);
            }
        }
    }

    /// <summary>Takes in what a commit is about to make of films; call it before the commit, and <see cref="Publish"/> after it.</summary>
    public void Stage(IEnumerable<FilmChange> changes)
    {
        lock (_gate)
        {
            foreach (var change in changes)
            {
                _staged.Push((change.Id, _recent.GetValueOrDefault(change.Id)));
                _recent[change.Id] = new Recent(change.ToFilm(), change.Revision.Number);
                _kept.Remove(change.Id);
            }
        }
    }

    /// <summary>Takes out all films, before an import is committed; <see cref="Publish"/> follows as well.</summary>
    public void StageImport()
    {
        lock (_gate)
        {
            _isImporting = true;
            _kept.Clear();
        }
    }

    /// <summary>Shows what was committed; after a commit that failed, what was before it.</summary>
    /// <param name="head">The head as the commit left it.</param>
    /// <param name="checkpoint">How far the commit has brought the read model; null if it has left it as it was.</param>
    public void Publish(CatalogHead head, long? checkpoint = null)
    {
        lock (_gate)
        {
            while (_staged.TryPop(out var change))
            {
                if (_recent[change.Id].Revision > head.Revision.Number)
                {
                    RollBack(change.Id, change.Before);
                }
            }

            _isImporting = false;
            Volatile.Write(ref _committed, new ProjectedHead(head, checkpoint ?? _committed.Checkpoint));
        }
    }

    /// <summary>Shows that the read model has all changes up to one; the films that were recent until then are kept as others are.</summary>
    public void PublishCheckpoint(long through)
    {
        lock (_gate)
        {
            // Before the films go, so that a reader who misses one knows it.
            Volatile.Write(ref _committed, _committed with { Checkpoint = through });
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

    private void RollBack(FilmId id, Recent? before)
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
