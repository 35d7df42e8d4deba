using System.Text.Json.Nodes;
using FilmService.Domain.Films;
using Microsoft.OpenApi;

namespace FilmService.Api.Docs;

/// <summary>
/// Makes each field with a fixed set of values a schema of its own, such as <c>Month</c>, which generated clients turn into one
/// type. The generator writes a transformer's own references inline, so this comes last, when all schemas exist.
/// </summary>
internal sealed class NamedChoices : OpenApiVisitorBase
{
    private readonly OpenApiDocument _document;
    private readonly Dictionary<string, string> _names = [];

    private NamedChoices(OpenApiDocument document)
    {
        _document = document;
        foreach (var field in FilmFields.All.Where(field => field.Kind is FilmFieldKind.Choice))
        {
            var schema = Inline(field);
            schema.Description = $"{field.Description}.";
            document.AddComponent(field.Name, schema);
            _names[field.Choices[0]] = field.Name;
        }
    }

    public static void AddTo(OpenApiDocument document) => new OpenApiWalker(new NamedChoices(document)).Walk(document);

    /// <summary>The values of a field, until they are replaced with a reference.</summary>
    public static OpenApiSchema Inline(FilmField field) => new() { Type = JsonSchemaType.String, Enum = [.. field.Choices.Select(name => (JsonNode)name)] };

    public override void Visit(IOpenApiSchema schema)
    {
        if (schema is not OpenApiSchema own)
        {
            return;
        }

        foreach (var (name, member) in own.Properties?.ToList() ?? [])
        {
            own.Properties![name] = Named(member);
        }

        own.OneOf = own.OneOf?.Select(Named).ToList();
    }

    public override void Visit(IOpenApiParameter parameter)
    {
        if (parameter is OpenApiParameter { Schema: { } schema } own)
        {
            own.Schema = Named(schema);
        }
    }

    private IOpenApiSchema Named(IOpenApiSchema schema) => schema is OpenApiSchema { Enum: [JsonValue first, ..] } && _names.TryGetValue(first.ToString(), out var name)
        ? new OpenApiSchemaReference(name, _document) { Description = schema.Description }
        : schema;
}
