using FilmService.Domain.Films;
using FilmService.Domain.Import;

namespace FilmService.Domain.Writing;

/// <summary>
/// A client's key for one request, so that a retry has no second effect (draft-ietf-httpapi-idempotency-key-header).
/// </summary>
/// <param name="Key">1 to 255 visible characters; keys of different callers are independent.</param>
/// <param name="Fingerprint">
/// A hash of method, path, query, type and body: the same key with another fingerprint is rejected.
/// </param>
public sealed record IdempotencyKey(string Key, ReadOnlyMemory<byte> Fingerprint)
{
    /// <summary>How long an outcome is kept for its key, not counting the time in which the service does not run.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);
}

/// <summary>A key together with its caller.</summary>
public readonly record struct CallerKey(string Caller, string Key);

/// <summary>The outcome of a successful request with an idempotency key.</summary>
/// <param name="Fingerprint">The request's <see cref="IdempotencyKey.Fingerprint"/>.</param>
/// <param name="At">When it was committed, by <see cref="LoadedCatalog.KeyTime"/>, to the millisecond.</param>
/// <param name="Write">The outcome of a write; null for an import.</param>
/// <param name="Import">The outcome of an import; null for a write.</param>
public sealed record IdempotencyRecord(
    CallerKey Owner, ReadOnlyMemory<byte> Fingerprint, DateTimeOffset At, Revision Revision, FilmOutcome? Write, ImportCounts? Import = null)
{
    /// <summary>The catalogue's revision before an import; null for a write, or if it was not recorded.</summary>
    public Revision? Before { get; init; }

    /// <summary>True until the record expires.</summary>
    public bool IsKept(DateTimeOffset now) => At > now - IdempotencyKey.Lifetime;

    /// <summary>The outcome of a write that has the same key.</summary>
    public FilmOutcome Replay(FilmId id, IdempotencyKey key) => Write is { } write && IsSame(key)
        ? write with { Replayed = true }
        : new FilmOutcome(FilmOutcomeKind.KeyReused, id, null, Revision);

    /// <summary>The outcome of an import that has the same key; its invalid lines were found before this call.</summary>
    public ImportOutcome Replay(FilmImport import, IdempotencyKey key) => Import is { } counts && IsSame(key)
        ? new ImportOutcome(ImportOutcomeKind.Done, counts, import.Unreadable, Revision, Replayed: true) { Before = Before }
        : new ImportOutcome(ImportOutcomeKind.KeyReused, default, import.Unreadable, Revision);

    private bool IsSame(IdempotencyKey key) => Fingerprint.Span.SequenceEqual(key.Fingerprint.Span);
}
