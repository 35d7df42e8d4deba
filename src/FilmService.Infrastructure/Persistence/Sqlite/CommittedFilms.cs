using System.Collections.Concurrent;
using FilmService.Domain.Films;

namespace FilmService.Infrastructure.Persistence.Sqlite;

/// <summary>
/// What was committed last: the counters, and some of the films as they are at them, so that most reads need no query.
/// </summary>
/// <remarks>
/// Every film in here is the film at <see cref="Counters"/>. Before a commit, the films that it changes are withdrawn, and none
/// comes in until the commit is shown; so when anybody can see the new state in the database, the old one is not in here. A film
/// that was read from the database comes in only if it was read at these counters. All of that happens under one lock. A reader
/// takes no lock: when the counters are the same before and after it has found a film, the film was theirs. So a read sees every
/// write that was answered, or seen by anybody, before the read began.
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
    private bool _isCommitting;

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
            if (!_isCommitting && snapshot.Revision == _counters.Revision && _young.TryAdd(film.Id, film) && ++_youngCount == Generation)
            {
                // What nobody asked for while a whole generation came is let go.
                (_old, _young, _youngCount) = (_young, new(), 0);
            }
        }
    }

    /// <summary>Takes out the films that a commit is about to change; call it before the commit, and <see cref="Publish"/> after it.</summary>
    public void Withdraw(ReadOnlySpan<FilmOutcome> outcomes)
    {
        lock (_gate)
        {
            _isCommitting = true;
            foreach (var outcome in outcomes)
            {
                _old.TryRemove(outcome.Id, out _);
                _youngCount -= _young.TryRemove(outcome.Id, out _) ? 1 : 0;
            }
        }
    }

    /// <summary>Takes out all films, before a commit that changes many; <see cref="Publish"/> follows as well.</summary>
    public void WithdrawAll()
    {
        lock (_gate)
        {
            _isCommitting = true;
            (_old, _young, _youngCount) = (new(), new(), 0);
        }
    }

    /// <summary>Shows what was committed; after a commit that failed, what was before it.</summary>
    public void Publish(Counters committed)
    {
        lock (_gate)
        {
            _isCommitting = false;
            Volatile.Write(ref _counters, committed);
        }
    }
}
