using FilmService.Domain.Import;
using FilmService.Domain.Search;
using FilmService.Domain.Writing;

namespace FilmService.Domain.Films;

/// <summary>Rules of the catalogue that its operator can set.</summary>
/// <param name="RequireIfMatch">True to reject a change of an existing film without If-Match.</param>
/// <param name="RequireLimitAbove">If the catalogue has more films than this, a list must be requested in pages.</param>
public sealed record CatalogRules(bool RequireIfMatch = false, long RequireLimitAbove = long.MaxValue);

/// <summary>The catalogue of films: which changes are allowed, and what they do.</summary>
public sealed class FilmCatalog(IFilmRepository films, CatalogRules rules)
{
    /// <summary>A catalogue of up to so many films is read by any query in a few milliseconds.</summary>
    public const int SmallCatalog = 1000;

    public CatalogRules Rules => rules;

    /// <inheritdoc cref="IFilmRepository.GetRevisionAsync"/>
    public ValueTask<Revision> GetRevisionAsync(CancellationToken cancellationToken) => films.GetRevisionAsync(cancellationToken);

    /// <inheritdoc cref="IFilmRepository.FindAsync"/>
    public ValueTask<FilmSnapshot> FindAsync(FilmId id, CancellationToken cancellationToken) => films.FindAsync(id, cancellationToken);

    /// <inheritdoc cref="IFilmRepository.FindAsOfAsync"/>
    public Task<FilmSnapshot?> FindAsOfAsync(FilmId id, Revision asOf, CancellationToken cancellationToken) =>
        films.FindAsOfAsync(id, asOf, cancellationToken);

    /// <inheritdoc cref="IFilmRepository.ListAsync"/>
    public Task<T> ListAsync<T>(FilmQuery query, TimeSpan? time, Func<IFilmList, Task<T>> read, CancellationToken cancellationToken) =>
        films.ListAsync(query, time, read, cancellationToken);

    /// <inheritdoc cref="IFilmRepository.HasMoreThanAsync"/>
    public ValueTask<bool> HasMoreThanAsync(long count, CancellationToken cancellationToken) => films.HasMoreThanAsync(count, cancellationToken);

    /// <summary>True if the query reads few films, because it is a page in the order of an index, or the catalogue is small or was young.</summary>
    public async ValueTask<bool> IsQuickAsync(FilmQuery query, CancellationToken cancellationToken) => query.AsOf is { } asOf
        ? asOf.Number <= SmallCatalog
        : query.IsPlainPage || !await films.HasMoreThanAsync(SmallCatalog, cancellationToken);

    /// <summary>True if the catalogue is too large for this query without pagination; exports are not limited.</summary>
    public async ValueTask<bool> NeedsPageAsync(FilmQuery query, CancellationToken cancellationToken) =>
        query.Page is null && await films.HasMoreThanAsync(rules.RequireLimitAbove, cancellationToken);

    /// <summary>Creates the film; without an id it gets one that no film has or had.</summary>
    public Task<FilmOutcome> AddAsync(FilmId? id, FilmDetails details, WriteContext origin, CancellationToken cancellationToken) =>
        films.WriteAsync(new FilmWrite(id, current => DecideAdd(current, details), origin), cancellationToken);

    /// <summary>Creates the film or replaces it completely (RFC 9110 §9.3.4).</summary>
    public Task<FilmOutcome> PutAsync(
        FilmId id, FilmDetails details, Preconditions preconditions, WriteContext origin, CancellationToken cancellationToken) =>
        films.WriteAsync(new FilmWrite(id, current => DecidePut(current, details, preconditions), origin), cancellationToken);

    /// <summary>Changes some of the film's fields and keeps the rest (RFC 7396).</summary>
    public Task<FilmOutcome> PatchAsync(
        FilmId id, FilmPatch patch, Preconditions preconditions, WriteContext origin, CancellationToken cancellationToken) =>
        films.WriteAsync(new FilmWrite(id, current => DecidePatch(current, patch, preconditions), origin), cancellationToken);

    /// <summary>Restores the film to a revision, even after it was deleted; null if that revision is not kept.</summary>
    public async Task<FilmOutcome?> RestoreAsync(
        FilmId id, Revision revision, Preconditions preconditions, WriteContext origin, CancellationToken cancellationToken)
    {
        // Past states never change, so they can be read before the write begins. An earlier outcome for the same key takes
        // precedence over everything else, so the repository is asked even if there is nothing to restore.
        var then = await films.FindAsOfAsync(id, revision, cancellationToken);
        var outcome = await films.WriteAsync(
            new FilmWrite(id, current => DecideRestore(current, then?.Film, preconditions), origin), cancellationToken);
        return then is null && outcome.Kind is FilmOutcomeKind.NotFound ? null : outcome;
    }

    /// <summary>Deletes the film; its history is kept.</summary>
    public Task<FilmOutcome> DeleteAsync(
        FilmId id, Preconditions preconditions, WriteContext origin, CancellationToken cancellationToken) =>
        films.WriteAsync(new FilmWrite(id, current => DecideDelete(current, preconditions), origin), cancellationToken);

    /// <summary>
    /// Applies all lines of an import as one change. If a line cannot be read, none is applied unless the options say otherwise.
    /// </summary>
    public async Task<ImportOutcome> ImportAsync(FilmImport import, CancellationToken cancellationToken) =>
        import.Unreadable.Count > 0 && !import.Rules.SkipFaults
            ? new ImportOutcome(ImportOutcomeKind.Refused, default, import.Unreadable, await films.GetRevisionAsync(cancellationToken))
            : await films.ImportAsync(import, cancellationToken);

    /// <inheritdoc cref="IFilmRepository.RestoreAsync"/>
    public Task<ImportOutcome> RestoreAsync(CatalogRestore restore, FilmImport import, CancellationToken cancellationToken) =>
        films.RestoreAsync(restore, import, cancellationToken);

    private static FilmDecision DecideAdd(Film? current, FilmDetails details) =>
        current is null ? new FilmDecision.Save(details) : new FilmDecision.Reject(FilmOutcomeKind.IdTaken);

    private FilmDecision DecidePatch(Film? current, FilmPatch patch, Preconditions preconditions) =>
        current is null ? new FilmDecision.Reject(FilmOutcomeKind.NotFound) : DecidePut(current, patch.ApplyTo(current.Details), preconditions);

    private FilmDecision DecideRestore(Film? current, Film? then, Preconditions preconditions) =>
        then is null ? new FilmDecision.Reject(FilmOutcomeKind.NotFound) : DecidePut(current, then.Details, preconditions);

    private FilmDecision DecidePut(Film? current, FilmDetails wanted, Preconditions preconditions)
    {
        if (Refusal(current, preconditions) is { } refusal && !IsAlreadyApplied(current, wanted, refusal, preconditions))
        {
            return new FilmDecision.Reject(refusal);
        }

        return FilmDecision.SaveUnlessEqual(current, wanted);
    }

    private FilmDecision DecideDelete(Film? current, Preconditions preconditions)
    {
        if (current is null)
        {
            return new FilmDecision.Reject(FilmOutcomeKind.NotFound);
        }

        return Refusal(current, preconditions) is { } refusal ? new FilmDecision.Reject(refusal) : new FilmDecision.Delete();
    }

    private FilmOutcomeKind? Refusal(Film? current, Preconditions preconditions)
    {
        if (rules.RequireIfMatch && current is not null && preconditions.IfMatch is null)
        {
            return FilmOutcomeKind.PreconditionRequired;
        }

        return preconditions.Matches(current) && !preconditions.Excludes(current) ? null : FilmOutcomeKind.PreconditionFailed;
    }

    // A client that did not get the response retries with the old revision: its change has been applied (RFC 9110 §13.1.1).
    private static bool IsAlreadyApplied(Film? current, FilmDetails wanted, FilmOutcomeKind refusal, Preconditions preconditions) =>
        refusal is FilmOutcomeKind.PreconditionFailed && !preconditions.Excludes(current) && current?.Details == wanted;
}
