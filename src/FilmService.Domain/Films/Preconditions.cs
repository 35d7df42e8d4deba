namespace FilmService.Domain.Films;

/// <summary>The revisions that a client lists in If-Match or If-None-Match (RFC 9110 §13.1).</summary>
/// <param name="Any">True for <c>*</c>, which matches any existing film.</param>
/// <param name="Revisions">The listed revisions; a tag that is not a revision matches nothing and is omitted.</param>
public sealed record RevisionMatch(bool Any, IReadOnlyCollection<Revision> Revisions)
{
    /// <summary><c>*</c>.</summary>
    public static readonly RevisionMatch Anything = new(true, []);

    /// <summary>True if the film exists and matches.</summary>
    public bool Includes(Film? film) => film is not null && (Any || Revisions.Contains(film.Revision));
}

/// <summary>The conditions under which a request is carried out.</summary>
/// <param name="IfMatch">The film must match; null if the client sent no such condition.</param>
/// <param name="IfNoneMatch">The film must not match; null if the client sent no such condition.</param>
public sealed record Preconditions(RevisionMatch? IfMatch = null, RevisionMatch? IfNoneMatch = null)
{
    public static readonly Preconditions None = new();

    /// <summary>True if If-Match is absent or holds.</summary>
    public bool Matches(Film? film) => IfMatch is null || IfMatch.Includes(film);

    /// <summary>True if If-None-Match is present and matches the film.</summary>
    public bool Excludes(Film? film) => IfNoneMatch is not null && IfNoneMatch.Includes(film);
}
