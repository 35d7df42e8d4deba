using System.Text.Json;
using FilmService.Domain.Films;
using FilmService.Domain.Search;

namespace FilmService.Infrastructure.Sqlite.Search;

/// <summary>The films that have one of some values in a column, for which an index sorts each value's films by id.</summary>
/// <param name="Values">The values, as JSON.</param>
/// <param name="Count">The number of values.</param>
internal sealed record ValueGroup(string Column, string Values, int Count)
{
    /// <summary>
    /// The groups that together contain the matches of a filter's condition; empty if it has no condition on values.
    /// </summary>
    public static IReadOnlyList<ValueGroup> Of(FilmFilter filter) => filter switch
    {
        { Names: { } names } => [Group("normalized_name", names)],
        { Released: { } released } => [.. OfReleased(released)],
        { Months: { } months } => [Group("released", months.SelectMany(FilterSql.Released))],
        _ => [],
    };

    public string Index => $"IX_films_{Column}_sort_key";

    // Complete years by year, the remaining months by month.
    private static IEnumerable<ValueGroup> OfReleased(ReleasePeriods released)
    {
        var films = released.And(ReleasePeriods.In(new ReleasePeriod(ReleasePeriods.Year(FilmDetails.MinYear).From, ReleasePeriods.Year(FilmDetails.MaxYear).To)));
        var years = films.Ranges.SelectMany(range => Enumerable.Range(ReleasePeriods.YearOf(range.From), ReleasePeriods.YearOf(range.To) - ReleasePeriods.YearOf(range.From) + 1)).Distinct().ToList();
        var whole = years.Where(year => films.And(ReleasePeriods.In(ReleasePeriods.Year(year))).Ranges is [var range] && range == ReleasePeriods.Year(year)).ToHashSet();
        var rest = films.Ranges.SelectMany(range => Enumerable.Range(range.From, range.To - range.From + 1)).Where(code => !whole.Contains(ReleasePeriods.YearOf(code)));
        return [Group("year", whole), Group("released", rest)];
    }

    private static ValueGroup Group<T>(string column, IEnumerable<T> values)
    {
        var all = values.ToList();
        return new ValueGroup(column, JsonSerializer.Serialize(all), all.Count);
    }
}
