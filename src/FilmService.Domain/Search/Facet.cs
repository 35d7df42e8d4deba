namespace FilmService.Domain.Search;

/// <summary>What films can be counted by.</summary>
public enum Facet
{
    Year,

    /// <summary>Ten years, by their first.</summary>
    Decade,

    /// <summary>The month of any year.</summary>
    Month,
}

/// <summary>The number of films of one month.</summary>
/// <param name="Code">The month, as in <see cref="ReleasePeriods.CodeOf"/>.</param>
public readonly record struct ReleaseCount(int Code, long Films);

/// <summary>A value of a facet.</summary>
/// <param name="Value">The year, the decade's first year, or the number of the month; null for an unknown month.</param>
/// <param name="Count">The number of films that have it.</param>
public readonly record struct FacetValue(int? Value, long Count)
{
    /// <summary>The values of a facet, in order; the unknown month is last.</summary>
    public static IReadOnlyList<FacetValue> Of(Facet facet, IEnumerable<ReleaseCount> releases) => [.. releases
        .GroupBy(release => ValueOf(facet, release.Code), release => release.Films)
        .Select(films => new FacetValue(films.Key, films.Sum()))
        .OrderBy(value => value.Value ?? int.MaxValue)];

    private static int? ValueOf(Facet facet, int code) => facet switch
    {
        Facet.Year => ReleasePeriods.YearOf(code),
        Facet.Decade => ReleasePeriods.YearOf(code) / 10 * 10,
        _ => (int?)ReleasePeriods.MonthOf(code),
    };
}
