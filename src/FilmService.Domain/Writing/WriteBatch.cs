using System.Collections.Frozen;
using FilmService.Domain.Changes;
using FilmService.Domain.Films;

namespace FilmService.Domain.Writing;

/// <summary>
/// Decides writes one after the other, each on the state left by those before it. It is the only place where ids are assigned,
/// films looked up, decisions called and changes numbered, and it is pure: the caller loads what it needs and appends its result.
/// </summary>
public sealed class WriteBatch
{
    private readonly LoadedCatalog _loaded;
    private readonly DateTimeOffset _now;
    private readonly Dictionary<FilmId, Film?> _films = [];
    private readonly Dictionary<CallerKey, IdempotencyRecord> _records = [];
    private readonly List<FilmChange> _changes = [];
    private CatalogHead _head;
    private NamedFilms? _named;
    private bool _lacksIds;

    private WriteBatch(LoadedCatalog loaded, DateTimeOffset now) => (_loaded, _now, _head) = (loaded, now, loaded.Head);

    /// <summary>The data to load before the writes can be decided.</summary>
    public static BatchNeeds Needs(IReadOnlyList<FilmWrite> writes) => new(
        [.. writes.Select(write => write.Id).OfType<FilmId>()],
        [.. writes.Select(write => write.Origin.Owner).OfType<CallerKey>()])
    {
        Names = writes.Any(write => write.Match is not null) ? writes.Select(write => write.Match).OfType<NameAndYear>().ToHashSet() : FrozenSet<NameAndYear>.Empty,
    };

    /// <summary>
    /// Decides the writes. A decision that throws fails only its own write. If <see cref="BatchResult.StillNeeds"/> is set,
    /// ignore the rest of the result: load that data, and decide again.
    /// </summary>
    /// <param name="writes">The writes, in order.</param>
    /// <param name="loaded">The part of the catalogue that <see cref="Needs"/> asks for.</param>
    /// <param name="now">The time of the changes.</param>
    public static BatchResult Decide(IReadOnlyList<FilmWrite> writes, LoadedCatalog loaded, DateTimeOffset now)
    {
        var batch = new WriteBatch(loaded, now);
        var results = writes.Select(batch.TryDecide).ToArray();
        return new BatchResult(results, new CatalogAppend(batch._head, batch._changes, [.. batch._records.Values]))
        {
            StillNeeds = batch._lacksIds ? batch.NeedsWithIds(writes) : null,
        };
    }

    private WriteResult TryDecide(FilmWrite write)
    {
        try
        {
            return new WriteResult(FindReplay(write) ?? Decide(write), null);
        }
        catch (Exception exception)
        {
            return new WriteResult(null, exception);
        }
    }

    private FilmOutcome? FindReplay(FilmWrite write) =>
        write.Origin.Owner is { } owner && (_records.GetValueOrDefault(owner) ?? _loaded.FindRecord(owner)) is { } record
            ? record.Replay(write.Id ?? _head.NextId, write.Origin.IdempotencyKey!)
            : null;

    private FilmOutcome Decide(FilmWrite write)
    {
        var matches = write.Match is { } named ? Named.Find(named) : [];
        if (matches.Count > 1)
        {
            return new FilmOutcome(FilmOutcomeKind.Ambiguous, matches[0].Id, null, _head.Revision);
        }

        var current = write.Id is not null ? Find(write.Id) : matches.Count == 1 ? matches[0] : null;
        var id = write.Id ?? current?.Id ?? NextFreeId();
        var (before, decision) = (_head, write.Decide(current));
        (var outcome, _head) = before.Apply(decision, id, current);
        if (_head.Revision != before.Revision)
        {
            _films[id] = outcome.Film;
            _named?.Change(current, outcome.Film);
            _changes.Add(new FilmChange(outcome.Revision, _now, write.Origin.By, id, outcome.Film?.Details));
        }

        Record(write.Origin, outcome);
        return write.Origin.DryRun ? outcome with { Revision = before.Revision } : outcome;
    }

    // Built at the first look-up, when earlier writes may have changed films already.
    private NamedFilms Named
    {
        get
        {
            if (_named is null)
            {
                _named = new NamedFilms(_loaded);
                foreach (var (id, film) in _films)
                {
                    _named.Change(_loaded.Films.GetValueOrDefault(id), film);
                }
            }

            return _named;
        }
    }

    private void Record(WriteContext origin, FilmOutcome outcome)
    {
        if (outcome.IsSuccess && origin.IdempotencyKey is { } key && origin.Owner is { } owner)
        {
            _records[owner] = new IdempotencyRecord(owner, key.Fingerprint, _loaded.KeyTime, outcome.Revision, outcome);
        }
    }

    private Film? Find(FilmId id) => _films.TryGetValue(id, out var film) ? film : _loaded.Films.GetValueOrDefault(id);

    private FilmId NextFreeId()
    {
        while (_head.MayNextIdBeTaken && IsTaken(_head.NextId))
        {
            _head = _head.SkipId();
        }

        return _head.NextId;
    }

    // An id that was not loaded counts as free: this run then only finds out how many are needed.
    private bool IsTaken(FilmId id)
    {
        _lacksIds |= !_films.ContainsKey(id) && !_loaded.Films.ContainsKey(id);
        return Find(id) is not null;
    }

    // As many additional ids as were taken, so that a long run of taken ids costs few rounds.
    private BatchNeeds NeedsWithIds(IReadOnlyList<FilmWrite> writes)
    {
        var (needs, before) = (Needs(writes), _loaded.Head.LastGeneratedId);
        var (first, count) = (Math.Max(before + 1, FilmId.GeneratedLimit), (2 * (_head.LastGeneratedId - before)) + writes.Count);
        return needs with { Films = [.. needs.Films, .. Enumerable.Range(0, (int)count).Select(number => FilmId.Generated(first + number))] };
    }
}
