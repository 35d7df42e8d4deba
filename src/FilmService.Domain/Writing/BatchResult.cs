using System.Collections.Frozen;
using FilmService.Domain.Audit;
using FilmService.Domain.Changes;
using FilmService.Domain.Films;

namespace FilmService.Domain.Writing;

/// <summary>The data that must be loaded before a batch can be decided.</summary>
public sealed record BatchNeeds(HashSet<FilmId> Films, HashSet<CallerKey> Keys)
{
    /// <summary>The names and years by which films are looked up.</summary>
    public IReadOnlySet<NameAndYear> Names { get; init; } = FrozenSet<NameAndYear>.Empty;
}

/// <summary>A part of a catalogue's consistent snapshot.</summary>
/// <param name="Films">The requested films; null for those that do not exist.</param>
/// <param name="Records">The records of the requested keys; keys without a record are omitted.</param>
public sealed record LoadedCatalog(CatalogHead Head, IReadOnlyDictionary<FilmId, Film?> Films, IReadOnlyDictionary<CallerKey, IdempotencyRecord> Records)
{
    /// <summary>
    /// Of the films with each requested name and year, other than the requested films, the first two: one is a match, of more
    /// none is. A name that very many films have may give two of them whatever their year.
    /// </summary>
    public IReadOnlyDictionary<NameAndYear, IReadOnlyList<Film>> Named { get; init; } = FrozenDictionary<NameAndYear, IReadOnlyList<Film>>.Empty;

    /// <summary>The time by which idempotency keys expire, which no setting of the system's clock changes.</summary>
    public required DateTimeOffset KeyTime { get; init; }

    /// <summary>The record of a key; null if there is none or it has expired.</summary>
    public IdempotencyRecord? FindRecord(CallerKey owner) =>
        Records.GetValueOrDefault(owner) is { } record && record.IsKept(KeyTime) ? record : null;
}

/// <summary>What is added to a catalogue in one transaction, all or nothing.</summary>
/// <param name="Head">The head afterwards.</param>
/// <param name="Changes">The changes, in order.</param>
/// <param name="Records">The outcomes to keep for idempotency keys.</param>
public sealed record CatalogAppend(CatalogHead Head, IReadOnlyList<FilmChange> Changes, IReadOnlyList<IdempotencyRecord> Records)
{
    /// <summary>The events for the audit log.</summary>
    public IReadOnlyList<AuditEvent> Audit { get; init; } = [];
}

/// <summary>The result of one write of a batch.</summary>
/// <param name="Outcome">The outcome; null if the decision threw.</param>
/// <param name="Failure">The exception that the decision threw; null otherwise.</param>
public readonly record struct WriteResult(FilmOutcome? Outcome, Exception? Failure);

/// <param name="Results">The results, in the order of the writes.</param>
/// <param name="Append">The data to store.</param>
public sealed record BatchResult(IReadOnlyList<WriteResult> Results, CatalogAppend Append)
{
    /// <summary>
    /// Everything that the batch needs, if some of it still has to be loaded: which generated ids it needs was not known before.
    /// </summary>
    public BatchNeeds? StillNeeds { get; init; }
}
