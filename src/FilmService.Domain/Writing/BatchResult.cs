using FilmService.Domain.Changes;
using FilmService.Domain.Films;

namespace FilmService.Domain.Writing;

/// <summary>What a batch has to know before it can be decided.</summary>
/// <param name="Films">The films' ids.</param>
/// <param name="Keys">The idempotency keys.</param>
public sealed record BatchNeeds(HashSet<FilmId> Films, HashSet<CallerKey> Keys);

/// <summary>A part of a catalogue as one moment saw it.</summary>
/// <param name="Head">The catalogue's head.</param>
/// <param name="Films">The films that were asked for; null for those that don't exist.</param>
/// <param name="Records">The records of the keys that were asked for; a key without one is left out.</param>
public sealed record LoadedCatalog(CatalogHead Head, IReadOnlyDictionary<FilmId, Film?> Films, IReadOnlyDictionary<CallerKey, IdempotencyRecord> Records)
{
    /// <summary>The record of a key; null if there is none or it has expired.</summary>
    public IdempotencyRecord? FindRecord(CallerKey owner, DateTimeOffset now) =>
        Records.GetValueOrDefault(owner) is { } record && record.IsKept(now) ? record : null;
}

/// <summary>What is added to a catalogue in one transaction, all or nothing.</summary>
/// <param name="Head">The head afterwards.</param>
/// <param name="Changes">The changes, in order.</param>
/// <param name="Records">The outcomes to keep for idempotency keys.</param>
public sealed record CatalogAppend(CatalogHead Head, IReadOnlyList<FilmChange> Changes, IReadOnlyList<IdempotencyRecord> Records);

/// <summary>What one write of a batch came to.</summary>
/// <param name="Outcome">The outcome; null if the decision threw.</param>
/// <param name="Failure">What the decision threw.</param>
public readonly record struct WriteResult(FilmOutcome? Outcome, Exception? Failure);

/// <summary>What a batch came to.</summary>
/// <param name="Results">The results, in the order of the writes.</param>
/// <param name="Append">What is to be stored.</param>
public sealed record BatchResult(IReadOnlyList<WriteResult> Results, CatalogAppend Append)
{
    /// <summary>All that the batch needs, if some of it is still to be loaded: it was not known which generated ids it comes to.</summary>
    public BatchNeeds? StillNeeds { get; init; }
}
