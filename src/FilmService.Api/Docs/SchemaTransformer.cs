using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FilmService.Api.Changes;
using FilmService.Api.Films;
using FilmService.Api.Http.Binding;
using FilmService.Domain.Films;
using FilmService.Domain.Import;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace FilmService.Api.Docs;

/// <summary>Adds to the schemas what types alone cannot express.</summary>
internal sealed class SchemaTransformer : IOpenApiSchemaTransformer
{
    public const string Problem = "Problem";

    public const string Change = "Change";

    public const string FoundFilm = "FoundFilm";

    /// <summary>The schema of films, keyed by id or as a list.</summary>
    public const string FilmList = "FilmList";

    public const string Changes = "Changes";

    /// <summary>
    /// The name of a type's schema, without the suffix that only the code needs; null for a schema that is written inline.
    /// </summary>
    public static string? Name(JsonTypeInfo type) => type.Type == typeof(ProblemDetails)
        ? Problem
        : type.Type == typeof(ArgumentValue) || type.Type.IsEnum ? null
        : OpenApiOptions.CreateDefaultSchemaReferenceId(type)?.Replace("Response", "", StringComparison.Ordinal);

    public async Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonTypeInfo.Type == typeof(ProblemDetails))
        {
            DescribeProblem(
                schema,
                await context.GetOrCreateSchemaAsync(typeof(FilmResponse), null, cancellationToken),
                await context.GetOrCreateSchemaAsync(typeof(ImportFault), null, cancellationToken));
        }

        if (context.JsonTypeInfo.Type == typeof(ChangesResponse))
        {
            DescribeChanges(schema, context.Document!, await context.GetOrCreateSchemaAsync(typeof(FilmItemResponse), null, cancellationToken));
        }

        if (typeof(FilmResponse).IsAssignableFrom(context.JsonTypeInfo.Type) && context.JsonPropertyInfo is null)
        {
            schema.Properties = FilmSchemas.Members(withId: context.JsonTypeInfo.Type == typeof(FilmItemResponse));
        }

        // A member that is omitted if null is not required; a problem's are described above.
        foreach (var property in context.JsonPropertyInfo is null && context.JsonTypeInfo.Type != typeof(ProblemDetails) ? context.JsonTypeInfo.Properties.Where(property => property.AttributeProvider?.IsDefined(typeof(JsonIgnoreAttribute), inherit: true) is true) : [])
        {
            schema.Required?.Remove(property.Name);
        }

        // Responses and arguments have these members and no others.
        schema.AdditionalPropertiesAllowed = schema.AdditionalProperties is not null || schema.Properties is not { Count: > 0 };
    }

    /// <summary>Describes a path parameter whose type has its own rules.</summary>
    public static void Describe(OpenApiParameter parameter, Type type)
    {
        if (type == typeof(FilmId))
        {
            parameter.Description = FilmId.Rule;
            parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = FilmId.MaxLength };
        }
    }

    private static void DescribeChanges(OpenApiSchema schema, OpenApiDocument document, OpenApiSchema film)
    {
        document.AddComponent(Change, Line(film.Properties!));
        schema.Properties!["items"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            Description = "The changes.",
            MaxItems = ChangesController.MaxPage,
        };
        schema.Properties["next"] = Text("The URL of the next page.");
        schema.Required = new HashSet<string> { "items" };
    }

    // One object for both kinds of change: generated clients cannot read a choice, and pass over conditions.
    private static OpenApiSchema Line(IDictionary<string, IOpenApiSchema> film)
    {
        var properties = new Dictionary<string, IOpenApiSchema>
        {
            ["Revision"] = Text("The revision of the change."),
            ["At"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time", Description = "When, in UTC." },
            ["By"] = Text("The caller who made the change."),
            ["Id"] = film["Id"],
        };
        var required = properties.Keys.ToList();
        foreach (var (name, member) in film)
        {
            properties[name] = member;
        }

        properties["Deleted"] = new OpenApiSchema { Type = JsonSchemaType.Boolean, Description = "`true`: the film was deleted; it has no other members then. Otherwise missing.", Extensions = new Dictionary<string, IOpenApiExtension> { ["const"] = new JsonNodeExtension(true) } };
        var line = Schemas.Object("A change to a film: all of its members after the change, or that it was deleted.", properties, required);

        // The library has no properties for these keywords of JSON Schema.
        line.Extensions = new Dictionary<string, IOpenApiExtension>
        {
            ["if"] = new JsonNodeExtension(new JsonObject { ["required"] = new JsonArray("Deleted") }),
            ["then"] = new JsonNodeExtension(new JsonObject { ["maxProperties"] = required.Count + 1 }),
            ["else"] = new JsonNodeExtension(new JsonObject { ["required"] = new JsonArray([.. film.Keys.Select(name => (JsonNode)name)]) }),
        };
        return line;
    }

    private static void DescribeProblem(OpenApiSchema schema, OpenApiSchema film, OpenApiSchema importFault)
    {
        schema.Description = "Problem details (RFC 9457).";
        schema.Required = new HashSet<string> { "type", "title", "status", "detail", "instance", "message", "traceId" };
        schema.Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text("The problem type, such as `/problems/film-not-found`; the URL explains it. New types may be added."),
            ["title"] = Text("The problem type in a few words."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "The HTTP status code.", Minimum = "400", Maximum = "599" },
            ["detail"] = Text("What is wrong with this request."),
            ["instance"] = Text("The path of the request."),
            ["message"] = Text("Same as `detail`, for clients of the original program."),
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "The errors of each argument, parameter or header.",
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, MinItems = 1, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
            },
            ["current"] = film,
            ["lines"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Description = "The first invalid lines of an import.",
                MaxItems = ImportFaults.MaxKept,
                Items = importFault,
            },
            ["lineErrorCount"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "The number of invalid lines.", Minimum = "1" },
            ["failedChecks"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Description = "What does not work, if the service is not ready: `writes`, `lists`. Other names may be added.",
                MinItems = 1,
                Items = new OpenApiSchema { Type = JsonSchemaType.String },
            },
            ["reasons"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "Why each of `failedChecks` does not work; only for callers with the scope `admin`.",
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.String },
            },
            ["traceId"] = Text("Identifies the request in the service's log."),
        };
    }

    private static OpenApiSchema Text(string description) => Schemas.Text(description);
}
