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
public sealed record WriteContext(string By, IdempotencyKey? IdempotencyKey = null, bool DryRun = false)
{
    /// <summary>The key as it is looked up; null if there is none.</summary>
    public CallerKey? Owner => IdempotencyKey is null ? null : new CallerKey(By, IdempotencyKey.Key);
}
