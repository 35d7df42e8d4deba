using FilmService.Domain.Import;
using FilmService.Domain.Search;
using FilmService.Domain.Writing;

namespace FilmService.Domain.Films;

/// <summary>Rules of the catalogue that its owner may set.</summary>
/// <param name="RequireIfMatch">True to refuse a change of an existing film that does not say which revision it changes.</param>
/// <param name="RequireLimitAbove">In a catalogue of more films than this, a list is to be had in pages.</param>
public sealed record CatalogRules(bool RequireIfMatch = false, long RequireLimitAbove = long.MaxValue);

/// <summary>The catalogue of films: who may change what into what, and when.</summary>
public sealed class FilmCatalog(IFilmRepository films, CatalogRules rules)
{
    /// <summary>What its owner has set.</summary>
    public CatalogRules Rules => rules;

    /// <inheritdoc cref="IFilmRepository.GetRevisionAsync"/>
    public ValueTask<Revision> GetRevisionAsync(CancellationToken cancellationToken) => films.GetRevisionAsync(cancellationToken);

    /// <inheritdoc cref="IFilmRepository.FindAsync"/>
    public ValueTask<FilmSnapshot> FindAsync(FilmId id, CancellationToken cancellationToken) => films.FindAsync(id, cancellationToken);

    /// <inheritdoc cref="IFilmRepository.FindAsOfAsync"/>
    public Task<FilmSnapshot?> FindAsOfAsync(FilmId id, Revision asOf, CancellationToken cancellationToken) =>
        films.FindAsOfAsync(id, asOf, cancellationToken);

    /// <inheritdoc cref="IFilmRepository.ListAsync"/>
    public Task<IFilmList> ListAsync(FilmQuery query, CancellationToken cancellationToken) => films.ListAsync(query, cancellationToken);

    /// <summary>True when the catalogue is too large to be asked for without a page; an export is not asked.</summary>
    public async Task<bool> NeedsPageAsync(FilmQuery query, CancellationToken cancellationToken) =>
        query.Page is null && await films.HasMoreThanAsync(rules.RequireLimitAbove, cancellationToken);

    /// <summary>Creates the film; without an id it gets one that no film has or had.</summary>
    public Task<FilmOutcome> AddAsync(FilmId? id, FilmDetails details, WriteContext origin, CancellationToken cancellationToken) =>
        films.WriteAsync(new FilmWrite(id, current => DecideAdd(current, details), origin), cancellationToken);

    /// <summary>Creates the film or replaces it as a whole (RFC 9110 §9.3.4).</summary>
    public Task<FilmOutcome> PutAsync(
        FilmId id, FilmDetails details, Preconditions preconditions, WriteContext origin, CancellationToken cancellationToken) =>
        films.WriteAsync(new FilmWrite(id, current => DecidePut(current, details, preconditions), origin), cancellationToken);

    /// <summary>Changes some of what the film says and leaves the rest (RFC 7396).</summary>
    public Task<FilmOutcome> PatchAsync(
        FilmId id, FilmPatch patch, Preconditions preconditions, WriteContext origin, CancellationToken cancellationToken) =>
        films.WriteAsync(new FilmWrite(id, current => DecidePatch(current, patch, preconditions), origin), cancellationToken);

    /// <summary>
    /// Makes the film again what it was at a revision, also after it was deleted; null when that revision is not kept.
    /// </summary>
    public async Task<FilmOutcome?> RestoreAsync(
        FilmId id, Revision revision, Preconditions preconditions, WriteContext origin, CancellationToken cancellationToken)
    {
        // What a film was never changes, so it can be read before the write begins. A key's earlier outcome comes before
        // everything else, so the repository is asked even when there is nothing to restore.
        var then = await films.FindAsOfAsync(id, revision, cancellationToken);
        var outcome = await films.WriteAsync(
            new FilmWrite(id, current => DecideRestore(current, then?.Film, preconditions), origin), cancellationToken);
        return then is null && outcome.Kind is FilmOutcomeKind.Missing ? null : outcome;
    }

    /// <summary>Takes the film out of the catalogue; its history stays.</summary>
    public Task<FilmOutcome> DeleteAsync(
        FilmId id, Preconditions preconditions, WriteContext origin, CancellationToken cancellationToken) =>
        films.WriteAsync(new FilmWrite(id, current => DecideDelete(current, preconditions), origin), cancellationToken);

    /// <summary>Carries out all lines of an import as one change; with a line that cannot be read, none of them unless its rules say so.</summary>
    public async Task<ImportOutcome> ImportAsync(FilmImport import, CancellationToken cancellationToken) =>
        import.Unreadable.Count > 0 && !import.Rules.SkipFaults
            ? new ImportOutcome(ImportOutcomeKind.Refused, default, import.Unreadable, await films.GetRevisionAsync(cancellationToken))
            : await films.ImportAsync(import, cancellationToken);

    private static FilmDecision DecideAdd(Film? current, FilmDetails details) =>
        current is null ? new FilmDecision.Save(details) : new FilmDecision.Leave(FilmOutcomeKind.IdTaken);

    private FilmDecision DecidePatch(Film? current, FilmPatch patch, Preconditions preconditions) =>
        current is null ? new FilmDecision.Leave(FilmOutcomeKind.Missing) : DecidePut(current, patch.ApplyTo(current.Details), preconditions);

    private FilmDecision DecideRestore(Film? current, Film? then, Preconditions preconditions) =>
        then is null ? new FilmDecision.Leave(FilmOutcomeKind.Missing) : DecidePut(current, then.Details, preconditions);

    private FilmDecision DecidePut(Film? current, FilmDetails wanted, Preconditions preconditions)
    {
        if (Refusal(current, preconditions) is { } refusal && !IsAlreadyApplied(current, wanted, refusal, preconditions))
        {
            return new FilmDecision.Leave(refusal);
        }

        return FilmDecision.SaveUnlessEqual(current, wanted);
    }

    private FilmDecision DecideDelete(Film? current, Preconditions preconditions)
    {
        if (current is null)
        {
            return new FilmDecision.Leave(FilmOutcomeKind.Missing);
        }

        return Refusal(current, preconditions) is { } refusal ? new FilmDecision.Leave(refusal) : new FilmDecision.Delete();
    }

    private FilmOutcomeKind? Refusal(Film? current, Preconditions preconditions)
    {
        if (rules.RequireIfMatch && current is not null && preconditions.IfMatch is null)
        {
            return FilmOutcomeKind.PreconditionRequired;
        }

        return preconditions.Matches(current) && !preconditions.Excludes(current) ? null : FilmOutcomeKind.PreconditionFailed;
    }

    // A client whose answer was lost asks again with the old revision: what it wants is so (RFC 9110 §13.1.1).
    private static bool IsAlreadyApplied(Film? current, FilmDetails wanted, FilmOutcomeKind refusal, Preconditions preconditions) =>
        refusal is FilmOutcomeKind.PreconditionFailed && !preconditions.Excludes(current) && current?.Details == wanted;
}
