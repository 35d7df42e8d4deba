using FilmService.Domain.Films;

namespace FilmService.Domain.Writing;

/// <summary>One change of one film, to be carried out by the repository.</summary>
/// <param name="Id">The film's id; null to generate one.</param>
public sealed record FilmWrite(FilmId? Id, Decide Decide, WriteContext Origin)
{
    /// <summary>Without an id: looks the film up by name and year before an id is generated; null for no look-up.</summary>
    public NameAndYear? Match { get; init; }
}

/// <summary>Who writes, and how.</summary>
/// <param name="By">The caller's name as recorded in the history.</param>
/// <param name="IdempotencyKey">The request's key; null if it has none.</param>
/// <param name="DryRun">True to return the outcome and store nothing.</param>
public sealed record WriteContext(string By, IdempotencyKey? IdempotencyKey = null, bool DryRun = false)
{
    /// <summary>The key to look up; null if there is none.</summary>
    public CallerKey? Owner => IdempotencyKey is null ? null : new CallerKey(By, IdempotencyKey.Key);
}
