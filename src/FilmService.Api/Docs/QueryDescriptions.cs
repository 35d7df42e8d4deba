using System.Globalization;
using System.Text.Json.Nodes;
using FilmService.Api.Changes;
using FilmService.Api.Films;
using FilmService.Api.Import;
using FilmService.Api.Search;
using Microsoft.OpenApi;

namespace FilmService.Api.Docs;

/// <summary>What the query parameters mean that endpoints declare, and what they look like.</summary>
internal static class QueryDescriptions
{
    private const string RevisionPattern = "^[a-z0-9]+-(0|[1-9][0-9]*)$";

    private static readonly Dictionary<string, OpenApiParameter> Known = new(ParameterDescriptions.All)
    {
        [FilmWriteAttribute.DryRun] = Of(
            new OpenApiSchema { Type = JsonSchemaType.Boolean }, "`true`: check the write as usual and answer as usual, but store nothing."),
        [FilmListFormat.Parameter] = Of(
            Choice([.. FilmListFormat.All.Select(format => format.Name)]),
            "The representation, where Accept cannot be set. Accept must take it as well."),
        ["asOf"] = Of(Revision(RevisionPattern), "The film as it was at this revision, for example `k3f9-1042`."),
        [ImportParameters.OnConflict] = Of(
            Choice("error", "skip", "replace", "merge"),
            "In an import: what becomes of a film that is there already. `error`, the default: the line is a fault. `skip`: it stays. `replace`: it becomes what the line says. `merge`: what the line says changes, the rest stays."),
        [ImportParameters.OnError] = Of(
            Choice("abort", "skip"),
            "In an import: what becomes of lines with faults. `abort`, the default: nothing is stored. `skip`: they are left out and told."),
        ["since"] = Of(
            Revision($"^0$|{RevisionPattern}"), "The changes behind this revision, for example `k3f9-1042`; `0` for all."),
        [ChangePosition.Begun] = Of(Revision(RevisionPattern), "Where a walk from the first change began; `next` has it when it is needed."),
        ["before"] = Of(Revision(RevisionPattern), "Only what is older than this revision; `next` has it."),
        ["limit"] = Of(
            new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = ChangesController.MaxPage.ToString(CultureInfo.InvariantCulture) },
            "The most changes or films in one answer."),
    };

    /// <summary>The parameter for the document.</summary>
    /// <exception cref="InvalidOperationException">It has no words here yet.</exception>
    public static OpenApiParameter Parameter(string name)
    {
        var known = Known.GetValueOrDefault(name)
            ?? throw new InvalidOperationException($"The query parameter {name} is declared; say in {nameof(QueryDescriptions)} what it means.");
        return new OpenApiParameter { Name = name, In = ParameterLocation.Query, Description = known.Description, Schema = known.Schema };
    }

    private static OpenApiParameter Of(OpenApiSchema schema, string description) => new() { Schema = schema, Description = description };

    private static OpenApiSchema Choice(params string[] names) =>
        new() { Type = JsonSchemaType.String, Enum = [.. names.Select(name => (JsonNode)name)] };

    private static OpenApiSchema Revision(string pattern) => new() { Type = JsonSchemaType.String, Pattern = pattern };
}
