using System.Collections.Concurrent;
using FilmService.Domain.Films;

namespace FilmService.Infrastructure.Persistence.Sqlite;

/// <summary>
/// What was committed last: the counters, and some of the films as they are at them, so that most reads need no query.
/// </summary>
/// <remarks>
/// Every film in here is the film at <see cref="Counters"/>. A commit takes the films that it changed out before it shows its
/// counters, and it is answered after that; a film that was read from the database comes in only if nothing was committed since.
/// Both happen under one lock. A reader takes no lock: when the counters are the same before and after it has found a film, the
/// film was theirs all the time. So a read that begins after a write was answered sees that write or a later one.
/// </remarks>
internal sealed class CommittedFilms(Counters counters)
{
    // Two generations of so many films each: some 30 MB for names of ordinary length.
    private const int Generation = 1 << 16;

    private readonly Lock _gate = new();
    private ConcurrentDictionary<FilmId, Film> _young = new();
    private ConcurrentDictionary<FilmId, Film> _old = new();
    private int _youngCount;
    private Counters _counters = counters;

    /// <summary>The counters as the last commit left them.</summary>
    public Counters Counters => Volatile.Read(ref _counters);

    /// <summary>A film, with the revision of the moment; null when it has to be read from the database.</summary>
    public FilmSnapshot? Find(FilmId id)
    {
        var before = Counters;
        if (!_young.TryGetValue(id, out var film))
        {
            if (!_old.TryGetValue(id, out film))
            {
                return null;
            }

            Keep(new FilmSnapshot(film, before.Revision));
        }

        return ReferenceEquals(before, Counters) ? new FilmSnapshot(film, before.Revision) : null;
    }

    /// <summary>Keeps a film that was read from the database, unless something was committed since.</summary>
    public void Keep(FilmSnapshot snapshot)
    {
        if (snapshot.Film is not { } film)
        {
            return;
        }

        lock (_gate)
        {
            if (snapshot.Revision == _counters.Revision && _young.TryAdd(film.Id, film) && ++_youngCount == Generation)
            {
                // What nobody asked for while a whole generation came is let go.
                (_old, _young, _youngCount) = (_young, new(), 0);
            }
        }
    }

    /// <summary>Shows a commit: its films first, then its counters.</summary>
    public void Publish(Counters committed, ReadOnlySpan<FilmOutcome> outcomes)
    {
        lock (_gate)
        {
            foreach (var outcome in outcomes)
            {
                _old.TryRemove(outcome.Id, out _);
                _youngCount -= _young.TryRemove(outcome.Id, out _) ? 1 : 0;
            }

            Volatile.Write(ref _counters, committed);
        }
    }
}
