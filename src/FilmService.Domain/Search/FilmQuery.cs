using FilmService.Domain.Films;

namespace FilmService.Domain.Search;

/// <summary>A query: which films, in which order, and how many.</summary>
/// <param name="Page">The page to return; null for everything.</param>
/// <param name="Count">True to count all matches, regardless of the page.</param>
/// <param name="CountReleases">True to count the matches of each month, regardless of the page.</param>
public sealed record FilmQuery(FilmFilter Filter, FilmOrder Order, FilmPage? Page = null, bool Count = false, bool CountReleases = false)
{
    /// <summary>All films, in natural order of their ids.</summary>
    public static readonly FilmQuery All = new(FilmFilter.None, FilmOrder.ById);

    /// <summary>The revision at which the films are read; null for the films as they are.</summary>
    public Revision? AsOf { get; init; }

    /// <summary>True if names are compared or sorted, so that the result depends on the rules of normalisation.</summary>
    public bool DependsOnNames => Filter.DependsOnNames || Order.DependsOnNames;

    /// <summary>
    /// True if an index has the result in order, so that a database reads no more films than the page has, in any catalogue.
    /// </summary>
    public bool IsPlainPage => Page is not null && !Count && Filter.IsEmpty && Order.IsPlain;
}

/// <summary>A part of a result.</summary>
/// <param name="Limit">Maximum number of films.</param>
/// <param name="After">
/// The position after which the page begins, whose film need not exist any more; null for the first page.
/// </param>
public sealed record FilmPage(int Limit, FilmPosition? After = null)
{
    /// <summary>Maximum number of films on a page.</summary>
    public const int MaxLimit = 1000;
}
