using FilmService.Domain.Films;

namespace FilmService.Domain.Writing;

/// <summary>One change of one film, on its way to the repository.</summary>
/// <param name="Id">The film's id; null asks for a generated one.</param>
/// <param name="Decide">What shall become of it.</param>
/// <param name="Origin">Who asks, and how.</param>
public sealed record FilmWrite(FilmId? Id, Decide Decide, WriteContext Origin);

/// <summary>Who asks for a write, and how.</summary>
/// <param name="By">The caller's name, as it is kept in the history.</param>
/// <param name="IdempotencyKey">The request's key; null when it has none.</param>
/// <param name="DryRun">True to tell the outcome and store nothing.</param>
public sealed record WriteContext(string By, IdempotencyKey? IdempotencyKey = null, bool DryRun = false);

/// <summary>
/// A client's name for one request, so that sending it again has no second effect
/// (draft-ietf-httpapi-idempotency-key-header).
/// </summary>
/// <param name="Key">1 to 255 visible characters; each caller has keys of its own.</param>
/// <param name="Fingerprint">A hash of method, path, query, type and body: the same key with another one is refused.</param>
public sealed record IdempotencyKey(string Key, ReadOnlyMemory<byte> Fingerprint)
{
    /// <summary>How long an outcome is kept for its key.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);
}
