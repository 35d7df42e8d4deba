using System.Collections.Concurrent;
using FilmService.Domain.Changes;
using FilmService.Domain.Films;
using FilmService.Domain.Writing;

namespace FilmService.Infrastructure.Caching;

/// <summary>
/// The state that the last commit left, so that most reads need no query: the head, a memtable of films whose last change the read
/// model does not contain yet, and some of the other films, the clean ones.
/// </summary>
/// <remarks>
/// A film is added to the memtable before its change is committed, and stays until the read model contains the change. Clean films are as
/// they are at <see cref="Committed"/>: a commit removes those that it changes first, and a film that was read from the database is only
/// added if it was read at this head. All of this happens under one lock. Readers do not take it: they use a film of the memtable if its
/// change is committed, and a clean one if the head is the same before and after the look-up. So a read sees every write that was
/// answered, or seen by anybody, before the read began.
/// </remarks>
internal sealed class FilmCache(ProjectedHead head)
{
    // A million films of names of ordinary length, and room for more.
    private const int MostBytes = 96 << 20;

    private static readonly Comparer<byte[]> ByBytes = Comparer<byte[]>.Create((one, other) => one.AsSpan().SequenceCompareTo(other));

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<FilmId, MemtableEntry> _memtable = new();
    private readonly Stack<(FilmId Id, MemtableEntry? Before)> _staged = new();
    private readonly PackedFilmStore _clean = new(head.Revision.Epoch, MostBytes);
    private ProjectedHead _committed = head;
    private bool _isImporting;

    private readonly ProcessorCounter _hits = new();
    private readonly ProcessorCounter _misses = new();

    /// <summary>How many films <see cref="Find"/> has found, and how many not.</summary>
    public (long Hits, long Misses) Reads => (_hits.Total, _misses.Total);

    /// <summary>The head as the last commit left it.</summary>
    public ProjectedHead Committed => Volatile.Read(ref _committed);

    /// <summary>A film and the current revision; null if the film has to be read from the database.</summary>
    public FilmSnapshot? Find(FilmId id)
    {
        var found = LookUp(id);
        (found is null ? _misses : _hits).Increment();
        return found;
    }

    private FilmSnapshot? LookUp(FilmId id)
    {
        var before = Committed;
        if (_memtable.TryGetValue(id, out var entry))
        {
            return entry.Film is not null && entry.Revision <= before.Revision.Number ? new FilmSnapshot(entry.Film, before.Revision) : null;
        }

        return _clean.Find(id) is { } film && ReferenceEquals(before, Committed) ? new FilmSnapshot(film, before.Revision) : null;
    }

    /// <summary>
    /// Only for the writer: a film as the last commit left it, or null if it was deleted. False if it has to be read from the database.
    /// </summary>
    public bool TryFindLast(FilmId id, out Film? film)
    {
        var isInMemtable = _memtable.TryGetValue(id, out var entry);
        film = isInMemtable ? entry!.Film : _clean.Find(id);
        return isInMemtable || film is not null;
    }

    /// <summary>True if the read model may lack the film's last change.</summary>
    public bool IsInMemtable(FilmId id) => _memtable.ContainsKey(id);

    /// <summary>The films of the memtable up to a change, in the order of the table; null for deleted ones.</summary>
    public IEnumerable<(FilmId Id, Film? Film)> MemtableThrough(long through) => _memtable
        .Where(pair => pair.Value.Revision <= through)
        .Select(pair => (Key: pair.Key.ToSortKey(), Id: pair.Key, pair.Value.Film))
        .OrderBy(film => film.Key, ByBytes)
        .Select(film => (film.Id, film.Film));

    /// <summary>Adds a film that was read from the database, unless something was committed since.</summary>
    public void Keep(FilmSnapshot snapshot)
    {
        if (snapshot.Film is not { } film)
        {
            return;
        }

        lock (_gate)
        {
            if (!_isImporting && snapshot.Revision == _committed.Revision && !_memtable.ContainsKey(film.Id))
            {
                _clean.Add(film);
            }
        }
    }

    /// <summary>Stages the changes of a commit: call this before it, and <see cref="Publish"/> after it.</summary>
    public void Stage(IEnumerable<FilmChange> changes)
    {
        lock (_gate)
        {
            foreach (var change in changes)
            {
                _staged.Push((change.Id, _memtable.GetValueOrDefault(change.Id)));
                _memtable[change.Id] = new MemtableEntry(change.ToFilm(), change.Revision.Number);
                _clean.Remove(change.Id);
            }
        }
    }

    /// <summary>Removes all clean films before an import is committed; call <see cref="Publish"/> after it, too.</summary>
    public void StageImport()
    {
        lock (_gate)
        {
            _isImporting = true;
            _clean.Clear();
        }
    }

    /// <summary>Publishes a commit. If the commit failed, the head is the one before it, and what was staged is rolled back.</summary>
    /// <param name="head">The head as the commit left it.</param>
    /// <param name="checkpoint">The read model's new checkpoint; null if the commit has not changed it.</param>
    public void Publish(CatalogHead head, long? checkpoint = null)
    {
        lock (_gate)
        {
            while (_staged.TryPop(out var change))
            {
                if (_memtable[change.Id].Revision > head.Revision.Number)
                {
                    RollBack(change.Id, change.Before);
                }
            }

            _isImporting = false;
            Volatile.Write(ref _committed, new ProjectedHead(head, checkpoint ?? _committed.Checkpoint));
        }
    }

    /// <summary>Publishes that the read model contains all changes up to one. Films that the memtable no longer needs become clean ones.</summary>
    public void PublishCheckpoint(long through)
    {
        lock (_gate)
        {
            // Before the films go, so that a reader who misses one knows it.
            Volatile.Write(ref _committed, _committed with { Checkpoint = through });
            foreach (var (id, entry) in _memtable.Where(pair => pair.Value.Revision <= through))
            {
                if (entry.Film is not null)
                {
                    _clean.Add(entry.Film);
                }

                _memtable.TryRemove(id, out _);
            }
        }
    }

    private void RollBack(FilmId id, MemtableEntry? before)
    {
        if (before is null)
        {
            _memtable.TryRemove(id, out _);
        }
        else
        {
            _memtable[id] = before;
        }
    }

    private sealed record MemtableEntry(Film? Film, long Revision);
}
