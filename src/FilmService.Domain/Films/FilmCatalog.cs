namespace FilmService.Domain.Films;

/// <summary>Rules of the catalogue that its owner may set.</summary>
/// <param name="RequireIfMatch">True to refuse a change of an existing film that does not say which revision it changes.</param>
public sealed record CatalogRules(bool RequireIfMatch = false);

/// <summary>The catalogue of films: who may change what into what, and when.</summary>
public sealed class FilmCatalog(IFilmRepository films, CatalogRules rules)
{
    /// <inheritdoc cref="IFilmRepository.GetRevisionAsync"/>
    public ValueTask<Revision> GetRevisionAsync(CancellationToken cancellationToken) => films.GetRevisionAsync(cancellationToken);

    /// <inheritdoc cref="IFilmRepository.FindAsync"/>
    public ValueTask<FilmSnapshot> FindAsync(FilmId id, CancellationToken cancellationToken) => films.FindAsync(id, cancellationToken);

    /// <inheritdoc cref="IFilmRepository.ListAsync"/>
    public Task<IFilmList> ListAsync(CancellationToken cancellationToken) => films.ListAsync(cancellationToken);

    /// <summary>Creates the film or replaces it as a whole (RFC 9110 §9.3.4).</summary>
    public Task<FilmOutcome> PutAsync(
        FilmId id, FilmDetails details, Preconditions preconditions, WriteOrigin origin, CancellationToken cancellationToken) =>
        films.WriteAsync(new FilmWrite(id, current => DecidePut(current, details, preconditions), origin), cancellationToken);

    /// <summary>Takes the film out of the catalogue; its history stays.</summary>
    public Task<FilmOutcome> DeleteAsync(
        FilmId id, Preconditions preconditions, WriteOrigin origin, CancellationToken cancellationToken) =>
        films.WriteAsync(new FilmWrite(id, current => DecideDelete(current, preconditions), origin), cancellationToken);

    private FilmDecision DecidePut(Film? current, FilmDetails wanted, Preconditions preconditions)
    {
        if (Refusal(current, preconditions) is { } refusal && !IsAlreadyApplied(current, wanted, refusal, preconditions))
        {
            return new FilmDecision.Leave(refusal);
        }

        return SaveUnlessEqual(current, wanted);
    }

    private FilmDecision DecideDelete(Film? current, Preconditions preconditions)
    {
        if (current is null)
        {
            return new FilmDecision.Leave(FilmOutcomeKind.Missing);
        }

        return Refusal(current, preconditions) is { } refusal ? new FilmDecision.Leave(refusal) : new FilmDecision.Delete();
    }

    private static FilmDecision SaveUnlessEqual(Film? current, FilmDetails wanted) =>
        current?.Details == wanted ? new FilmDecision.Leave(FilmOutcomeKind.Unchanged) : new FilmDecision.Save(wanted);

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
