using System.Globalization;
using System.Text.Json.Nodes;
using FilmService.Api.Changes;
using FilmService.Api.Films;
using FilmService.Api.Import;
using FilmService.Api.Search;
using Microsoft.OpenApi;

namespace FilmService.Api.Docs;

/// <summary>Descriptions and schemas of the query parameters that endpoints declare.</summary>
internal static class QueryDescriptions
{
    private const string RevisionPattern = "^[a-z0-9]+-(0|[1-9][0-9]*)$";

    private static readonly Dictionary<string, OpenApiParameter> Known = new(ParameterDescriptions.All)
    {
        [FilmWriteAttribute.DryRun] = ParameterDescriptions.Of(
            new OpenApiSchema { Type = JsonSchemaType.Boolean }, "`true`: dry run. The write is checked and answered as usual, but nothing is stored", true),
        [FilmListFormat.Parameter] = ParameterDescriptions.Of(
            Choice([.. FilmListFormat.All.Select(format => format.Name)]),
            "The format, for clients that cannot set Accept. Accept, if present, must allow it as well", FilmListFormat.All[0].Name),
        ["asOf"] = ParameterDescriptions.Of(Revision(RevisionPattern), "The film or films as they were at this revision", "k3f9-2"),
        [ImportParameters.OnConflict] = ParameterDescriptions.Of(
            Choice("error", "skip", "replace", "merge"),
            "What to do when a film with the same id exists. `error`, the default: report an error for the line. `skip`: keep the existing film. `replace`: replace it with the line. `merge`: change only the members in the line", "replace"),
        [ImportParameters.OnError] = ParameterDescriptions.Of(
            Choice("abort", "skip"),
            "What to do with invalid lines. `abort`, the default: store nothing. `skip`: skip and report them, and store the others", "skip"),
        [ImportParameters.Match] = ParameterDescriptions.Of(
            Choice("id", "name,year"),
            "How a line finds its film. `id`, the default: by its id. `name,year`: a line without an id is the film with its normalised name and year, if there is one; several are an error. `onConflict` is then `skip` by default", "name,year"),
        [ImportParameters.Report] = ParameterDescriptions.Of(
            Choice("lines"), "`lines`: answer with NDJSON that has the result of each line, `before` and `after`, and the counts as the last line", "lines"),
        [TableParameters.Delimiter] = ParameterDescriptions.Of(
            Text(), "For CSV: the character between the values, or `tab`", ";", "Without it, it is found in the header, or taken from a line such as `sep=;`."),
        [TableParameters.EncodingName] = ParameterDescriptions.Of(
            Text(), "For CSV: the encoding of the text", "windows-1252", "Without it, the text must be UTF-8 or UTF-16."),
        [TableParameters.Columns] = ParameterDescriptions.Of(
            Text(), "For CSV: the file's columns for `id`, `name`, `year`, `month`, `date` (of release) and `type`", "name:Title,year:Release Year", "Without it, they are recognised by name."),
        [TableParameters.Ignore] = ParameterDescriptions.Of(Text(), "For CSV: columns that are not used", "Director,Rating"),
        ["since"] = ParameterDescriptions.Of(
            Revision($"^0$|{RevisionPattern}"), "Return the changes after this revision", "k3f9-1", "`0` for all."),
        ["audit since"] = ParameterDescriptions.Of(
            new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64", Minimum = "0" }, "Return the entries after the one with this number. `0` for all", 41),
        [ChangePosition.Begun] = ParameterDescriptions.Of(Revision(RevisionPattern), "Set by `next` when it is needed: the revision at which a reader started from the first change", "k3f9-2"),
        ["before"] = ParameterDescriptions.Of(Revision(RevisionPattern), "Return only what is older than this revision, newest first; `next` sets it", "k3f9-2"),
        ["by"] = ParameterDescriptions.Of(Text(), "Only the changes that this caller made", "ann", "Not for event streams."),
        ["limit"] = ParameterDescriptions.Of(
            new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = ChangesController.MaxPage.ToString(CultureInfo.InvariantCulture) },
            "The maximum number of items in the response", 20),
    };

    /// <exception cref="InvalidOperationException">The parameter has no description here yet.</exception>
    public static OpenApiParameter Parameter(string route, string name)
    {
        var known = Known.GetValueOrDefault($"{route} {name}") ?? Known.GetValueOrDefault(name)
            ?? throw new InvalidOperationException($"The query parameter {name} is declared; say in {nameof(QueryDescriptions)} what it means.");
        return new OpenApiParameter { Name = name, In = ParameterLocation.Query, Description = known.Description, Schema = known.Schema, Example = known.Example!.DeepClone() };
    }

    private static OpenApiSchema Choice(params string[] names) =>
        new() { Type = JsonSchemaType.String, Enum = [.. names.Select(name => (JsonNode)name)] };

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

    private static OpenApiSchema Revision(string pattern) => new() { Type = JsonSchemaType.String, Pattern = pattern };
}
