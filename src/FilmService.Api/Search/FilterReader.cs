using System.Globalization;
using FilmService.Domain.Films;
using FilmService.Domain.Search;

namespace FilmService.Api.Search;

/// <summary>Reads the filter parameters.</summary>
internal static class FilterReader
{
    private const string YearRule = "a year, such as 2018";
    private const string ReleasedRule = "a year or a month, such as 2018 or 2018-03";
    private static readonly string MonthRule = $"one of {string.Join(", ", Months.All)}";

    // The periods that match a comparison with a time.
    private static readonly Dictionary<string, Func<ReleasePeriod, ReleasePeriods>> Comparisons = new()
    {
        [""] = time => ReleasePeriods.In(time),
        [".ne"] = ReleasePeriods.Not,
        [".gt"] = time => ReleasePeriods.In(ReleasePeriods.After(time)),
        [".gte"] = time => ReleasePeriods.In(time, ReleasePeriods.After(time)),
        [".lt"] = time => ReleasePeriods.In(ReleasePeriods.Before(time)),
        [".lte"] = time => ReleasePeriods.In(time, ReleasePeriods.Before(time)),
    };

    public static FilmFilter Read(SearchParameters parameters) => new()
    {
        Ids = Both(Only(parameters.Read("id", IdRule, ParseId)), parameters.ReadList("id.in", IdRule, ParseId)),
        Names = Both(Only(parameters.ReadNormalized("name")), parameters.ReadList("name.in", SearchParameters.NameRule, SearchParameters.Normalized)),
        NamePrefix = parameters.ReadNormalized("name.startsWith"),
        NamePart = ReadPart(parameters),
        Released = ReadTimes(parameters, "year", YearRule, ParseYear).Concat(ReadTimes(parameters, "released", ReleasedRule, ParseReleased))
            .Aggregate((ReleasePeriods?)null, (all, one) => all?.And(one) ?? one),
        Months = ReadMonths(parameters),
        Words = ReadWords(parameters),
    };

    private const string IdRule = "a film id: 1 to 128 characters without '/' or control characters, other than '.' and '..'";

    private static FilmId? ParseId(string text) => FilmId.TryParse(text, out var id) ? id : null;

    private static IEnumerable<ReleasePeriods> ReadTimes(SearchParameters parameters, string name, string rule, Func<string, Time?> parse)
    {
        foreach (var (operation, compare) in Comparisons)
        {
            if (parameters.Read(name + operation, rule, parse) is { } time)
            {
                yield return compare(time.Range);
            }
        }

        if (parameters.ReadList($"{name}.in", rule, parse) is { } times)
        {
            yield return ReleasePeriods.In(times.Select(time => time.Range));
        }
    }

    private static IReadOnlyCollection<Month?>? ReadMonths(SearchParameters parameters)
    {
        var named = Both(Only(parameters.Read("month", $"{MonthRule}; use month.null=true to find films whose month is unknown", ParseMonth)), parameters.ReadList("month.in", MonthRule, ParseMonth))
            ?.Select(name => Months.Parse(name));
        var known = parameters.Has("month.null") ? parameters.Flag("month.null") ? [null] : Enum.GetValues<Month>().Select(month => (Month?)month) : null;
        return Both(named?.ToList(), known?.ToList());
    }

    private static string? ReadPart(SearchParameters parameters)
    {
        var part = parameters.ReadNormalized("name.contains");
        if (part is not null && NormalizedName.Fold(part).Length == 0)
        {
            parameters.AddFault("name.contains", "'name.contains' must contain more than punctuation. To find a name that consists of punctuation, use 'name'.");
        }

        return part;
    }

    private static SearchTerms? ReadWords(SearchParameters parameters)
    {
        var text = parameters.Read("q", SearchParameters.NameRule, text => FilmDetails.IsName(text) ? text : null);
        var words = text is null ? null : SearchTerms.Parse(text);
        if (text is not null && words is null)
        {
            parameters.AddFault("q", "'q' must contain at least one word, not only punctuation. To find a name that consists of punctuation, use 'name'.");
        }

        return words;
    }

    private static Time? ParseYear(string text) =>
        text.Length == 4 && text.All(char.IsAsciiDigit) ? new Time(ReleasePeriods.Year(int.Parse(text, CultureInfo.InvariantCulture))) : null;

    private static Time? ParseReleased(string text) => text switch
    {
        { Length: 7 } when text[4] == '-' && ParseYear(text[..4]) is { } year && ParseNumber(text[5..]) is >= 1 and <= 12 and var month =>
            new Time(ReleasePeriods.MonthOf(ReleasePeriods.YearOf(year.Range.From), (Month)month)),
        _ => ParseYear(text),
    };

    private static int? ParseNumber(string text) => text.All(char.IsAsciiDigit) ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private static string? ParseMonth(string text) => Months.Parse(text)?.ToName();

    private static IReadOnlyCollection<T>? Only<T>(T? value)
        where T : class => value is null ? null : [value];

    private static IReadOnlyCollection<T>? Both<T>(IReadOnlyCollection<T>? one, IReadOnlyCollection<T>? other) =>
        one is null ? other : other is null ? one : [.. one.Intersect(other)];

    private sealed record Time(ReleasePeriod Range);
}
