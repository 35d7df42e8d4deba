using System.Text.Json.Nodes;
using FilmService.Domain.Films;
using Microsoft.OpenApi;

namespace FilmService.Api.Docs;

/// <summary>What the parameters of finding mean, and what they look like.</summary>
internal static class ParameterDescriptions
{
    private const string YearPattern = "^[0-9]{4}$";
    private const string ReleasedPattern = "^[0-9]{4}(-(0[1-9]|1[0-2]))?$";
    private const string List = "Up to 100 values with commas between them; one with a comma of its own stands in double quotes.";

    private static readonly Dictionary<string, string> Comparisons = new()
    {
        ["ne"] = "is another than",
        ["gt"] = "comes after",
        ["gte"] = "is, or comes after,",
        ["lt"] = "comes before",
        ["lte"] = "is, or comes before,",
    };

    /// <summary>All of them by name.</summary>
    public static IEnumerable<KeyValuePair<string, OpenApiParameter>> All =>
    [
        Of("id", Text(FilmId.MaxLength), "The film of this id, for example `3`."),
        Of("id.in", Text(), $"The films of these ids, for example `1,2,3`. {List}"),
        Of("name", Text(FilmDetails.NameMaxLength), "The name is this, folded, for example `amelie`."),
        Of("name.in", Text(), $"The name is one of these, folded, for example `Up,\"Hello, Dolly!\"`. {List}"),
        Of("name.contains", Text(FilmDetails.NameMaxLength), "The name contains this, folded, for example `war`."),
        Of("name.startsWith", Text(FilmDetails.NameMaxLength), "The name begins with this, folded, for example `the`."),
        .. Times("year", YearPattern, "The year", "2018", "2018,2019"),
        .. Times("released", ReleasedPattern, "The month of release, or the year of it,", "2018-03", "2018,2019-01"),
        Of("month", Month(), "The month of release is this, in any letter case, for example `March`."),
        Of("month.in", Text(), $"The month of release is one of these, for example `March,April`. {List}"),
        Of("month.null", new OpenApiSchema { Type = JsonSchemaType.Boolean }, "`true`: the month of release is not known. `false`: it is."),
        Of("q", Text(FilmDetails.NameMaxLength), "The name has all of these words, folded, the last one as the beginning of a word; the best match first. For example `infinity war`."),
        Of("sort", Text(), "The order, for example `-released,name`: some of `id`, `name` (folded), `year`, `released`, `revision` and, with `q`, `relevance`; `-` descends. Ties fall in natural order of ids."),
        Of("fields", Text(), "The members that are shown, for example `Name,Year`: some of `Id`, `Name`, `Year`, `Month`. The id always is."),
        Of("cursor", Text(), "Where the page begins: the links have it. It belongs to the filter and the sort."),
        Of("shape", new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["map", "list"] }, "In JSON, `map`: an object keyed by id. `list`: an object with the films as `items`, which keeps their order, and the address of the next page as `next`."),
        Of("count", new OpenApiSchema { Type = JsonSchemaType.Boolean }, "`true`: `X-Total-Count` says how many films match, on whatever page."),
    ];

    private static IEnumerable<KeyValuePair<string, OpenApiParameter>> Times(string name, string pattern, string what, string example, string examples) =>
    [
        Of(name, Pattern(pattern), $"{what} is this, for example `{example}`."),
        .. Comparisons.Select(comparison => Of($"{name}.{comparison.Key}", Pattern(pattern), $"{what} {comparison.Value} this, for example `{example}`.")),
        Of($"{name}.in", Text(), $"{what} is one of these, for example `{examples}`. {List}"),
    ];

    private static KeyValuePair<string, OpenApiParameter> Of(string name, OpenApiSchema schema, string description) =>
        new(name, new OpenApiParameter { Schema = schema, Description = description });

    private static OpenApiSchema Text(int? maxLength = null) => new() { Type = JsonSchemaType.String, MinLength = 1, MaxLength = maxLength };

    private static OpenApiSchema Pattern(string pattern) => new() { Type = JsonSchemaType.String, Pattern = pattern };

    private static OpenApiSchema Month() => new() { Type = JsonSchemaType.String, Enum = [.. Months.All.Select(name => (JsonNode)name)] };
}
