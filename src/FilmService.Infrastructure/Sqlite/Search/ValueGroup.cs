using System.Text.Json;
using FilmService.Domain.Films;
using FilmService.Domain.Search;

namespace FilmService.Infrastructure.Sqlite.Search;

/// <summary>The films that have one of some values in a column: an index has those of each value in order of ids.</summary>
/// <param name="Column">The column.</param>
/// <param name="Values">The values, as JSON.</param>
/// <param name="Count">How many they are.</param>
internal sealed record ValueGroup(string Column, string Values, int Count)
{
    /// <summary>The groups that together hold the films of a filter's condition; none when it has none of values.</summary>
    public static IReadOnlyList<ValueGroup> Of(FilmFilter filter) => filter switch
    {
        { Names: { } names } => [Group("normalized_name", names)],
        { Released: { } released } => [.. OfReleased(released)],
        { Months: { } months } => [Group("released", months.SelectMany(FilterSql.Released))],
        _ => [],
    };

    /// <summary>The column's index.</summary>
    public string Index => $"IX_films_{Column}_sort_key";

    // Whole years by the year, what is left of others by the month.
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
