namespace FilmService.Domain.Films;

/// <summary>The revisions that a client names in If-Match or If-None-Match (RFC 9110 §13.1).</summary>
/// <param name="Any">True for <c>*</c>: whatever is there.</param>
/// <param name="Revisions">The named ones; a tag that is no revision matches nothing and is left out.</param>
public sealed record RevisionMatch(bool Any, IReadOnlyCollection<Revision> Revisions)
{
    /// <summary><c>*</c>.</summary>
    public static readonly RevisionMatch Anything = new(true, []);

    /// <summary>True when the film is there and is one of the named.</summary>
    public bool Includes(Film? film) => film is not null && (Any || Revisions.Contains(film.Revision));
}

/// <summary>What must hold of a film for a request to be carried out.</summary>
/// <param name="IfMatch">The film must be one of these; null when not asked.</param>
/// <param name="IfNoneMatch">The film must be none of these; null when not asked.</param>
public sealed record Preconditions(RevisionMatch? IfMatch = null, RevisionMatch? IfNoneMatch = null)
{
    /// <summary>No conditions.</summary>
    public static readonly Preconditions None = new();

    /// <summary>True when If-Match is absent or holds.</summary>
    public bool Matches(Film? film) => IfMatch is null || IfMatch.Includes(film);

    /// <summary>True when If-None-Match is present and names the film.</summary>
    public bool Excludes(Film? film) => IfNoneMatch is not null && IfNoneMatch.Includes(film);
}
