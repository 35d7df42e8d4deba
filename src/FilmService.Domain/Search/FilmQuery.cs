namespace FilmService.Domain.Search;

/// <summary>A question to the catalogue: which films, in which order, and how many of them.</summary>
/// <param name="Filter">What must hold of a film.</param>
/// <param name="Order">The order of the answer.</param>
/// <param name="Page">One page of it; null for everything.</param>
/// <param name="Count">True to count all films that match, on whatever page they are.</param>
public sealed record FilmQuery(FilmFilter Filter, FilmOrder Order, FilmPage? Page = null, bool Count = false)
{
    /// <summary>All films, in natural order of their ids.</summary>
    public static readonly FilmQuery All = new(FilmFilter.None, FilmOrder.ById);
}

/// <summary>A part of an answer.</summary>
/// <param name="Limit">The most films.</param>
/// <param name="After">The film behind which it begins, which need not be there any more; null for the first page.</param>
public sealed record FilmPage(int Limit, FilmPosition? After = null)
{
    /// <summary>The most films on one page.</summary>
    public const int MaxLimit = 1000;
}
