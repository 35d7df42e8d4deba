using System.Text.Json;
using System.Text.Json.Nodes;
using FilmService.Domain.Films;
using Microsoft.OpenApi;

namespace FilmService.Api.Docs;

/// <summary>Descriptions and schemas of the search parameters.</summary>
internal static class ParameterDescriptions
{
    private const string YearPattern = "^[0-9]{4}$";
    private const string ReleasedPattern = "^[0-9]{4}(-(0[1-9]|1[0-2]))?$";
    private const string List = "Up to 100 values, separated by commas; put a value that contains a comma in double quotes.";

    private static readonly Dictionary<string, string> Comparisons = new()
    {
        ["ne"] = "is not",
        ["gt"] = "is after",
        ["gte"] = "is at or after",
        ["lt"] = "is before",
        ["lte"] = "is at or before",
    };

    public static IEnumerable<KeyValuePair<string, OpenApiParameter>> All =>
    [
        Of("id", Text(FilmId.MaxLength), "The film with this id", "3"),
        Of("id.in", Text(), "The films with these ids", "1,2,3", List),
        Of("name", Text(FilmDetails.NameMaxLength), "The normalised name is this", "amelie"),
        Of("name.in", Text(), "The normalised name is one of these", "Up,\"Hello, Dolly!\"", List),
        Of("name.contains", Text(FilmDetails.NameMaxLength), "The normalised name contains this", "war"),
        Of("name.startsWith", Text(FilmDetails.NameMaxLength), "The normalised name begins with this", "the"),
        .. Times("year", YearPattern, "The year", "2018", "2018,2019"),
        .. Times("released", ReleasedPattern, "The release date", "2018-03", "2018,2019-01"),
        Of("month", NamedChoices.Inline(FilmFields.Month), "The release month is this, in any letter case", "March"),
        Of("month.in", Text(), "The release month is one of these", "March,April", List),
        Of("month.null", Flag(), "`true`: the release month is unknown. `false`: it is known", true),
        Of("q", Text(FilmDetails.NameMaxLength), "Full-text search: the name contains all of these words, the last one as a prefix; best match first", "infinity war", "Spaces and punctuation at the beginning of a name do not matter: `walle` finds WALL·E."),
        Of("sort", Text(), "The sort keys", "-released,name", "Any of `id`, `name` (normalised), `year`, `released`, `revision` and, with `q`, `relevance`; a leading `-` sorts in descending order. Ties are broken by natural order of ids."),
        Of("fields", Text(), "The members to return", "Name,Year", "Any of `Id`, `Revision`, `Name`, `Year`, `Month`. The id is always included. `Revision`, which is only included on request, is the revision of the film's last change: in double quotes it is the film's ETag."),
        Of("cursor", Text(), "Where the page begins; taken from a link. Only valid with the same filters and sort", "Zc0lAo-Y8VgAAAAAAAAABAEBMQA"),
        Of("shape", new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["map", "list"] }, "For JSON. `map`: an object keyed by id. `list`: an object with the films as `items`, which preserves their order, and the URL of the next page as `next`", "list"),
        Of("facet", Text(), "For `shape=list`: also count all matching films by any of `year`, `decade` and `month`", "decade,month", "The member `facets` has the counts, in order of value; an unknown month is `null`, and last."),
        Of("count", Flag(), "`true`: `X-Total-Count` gives the number of matching films, on every page", true),
    ];

    /// <summary>A parameter with an example, which its description repeats if the sentence does not contain it.</summary>
    public static OpenApiParameter Of(IOpenApiSchema schema, string description, JsonNode example, string more = "") => new()
    {
        Schema = schema,
        Description = $"{description}{(example.GetValueKind() is JsonValueKind.String && !description.Contains($"`{example}`", StringComparison.Ordinal) ? $", for example `{example}`" : "")}. {more}".TrimEnd(),
        Example = example,
    };

    private static IEnumerable<KeyValuePair<string, OpenApiParameter>> Times(string name, string pattern, string what, string example, string examples) =>
    [
        Of(name, Pattern(pattern), $"{what} is this", example),
        .. Comparisons.Select(comparison => Of($"{name}.{comparison.Key}", Pattern(pattern), $"{what} {comparison.Value} this", example)),
        Of($"{name}.in", Text(), $"{what} is one of these", examples, List),
    ];

    private static KeyValuePair<string, OpenApiParameter> Of(string name, IOpenApiSchema schema, string description, JsonNode example, string more = "") =>
        new(name, Of(schema, description, example, more));

    private static OpenApiSchema Text(int? maxLength = null) => new() { Type = JsonSchemaType.String, MinLength = 1, MaxLength = maxLength };

    private static OpenApiSchema Pattern(string pattern) => new() { Type = JsonSchemaType.String, Pattern = pattern };

    private static OpenApiSchema Flag() => new() { Type = JsonSchemaType.Boolean };
}
