using System.Text.Json.Nodes;
using FilmService.Api.Http.Binding;
using FilmService.Api.Search;
using Microsoft.OpenApi;

namespace FilmService.Api.Docs;

/// <summary>Describes the body of an import.</summary>
internal static class ImportTransformer
{
    /// <summary>The schema of the result of one line.</summary>
    public const string ReportLine = "ImportedLine";

    /// <summary>Adds the schemas of an import, with this schema of a line, to the body's media types.</summary>
    public static void Describe(OpenApiRequestBody body, OpenApiSchemaReference line)
    {
        body.Description = "At most as many bytes and lines as the settings `Imports:MaxBytes`, `Imports:MaxUnpackedBytes` and `Imports:MaxLines` allow; `Content-Encoding: gzip` is supported.";
        body.Content![ArgumentReader.JsonType].Schema = new OpenApiSchema { Type = JsonSchemaType.Array, Description = "The lines.", Items = line };
        body.Content[FilmListFormat.LinesType].Schema = Schemas.Text($"One `{line.Reference.Id}` per line.");
        body.Content[FilmListFormat.LinesType].AddExtension("x-item-schema", Reference(line.Reference.Id!));
        body.Content[FilmListFormat.TableType].Schema = Schemas.Text($"RFC 4180: a header with member names of `{line.Reference.Id}`, in any order and letter case, and one row per line. Columns of other programs are recognised as well.");
        body.Content[ArgumentReader.MultipartType].Schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "One file of one of the other types, by the part's own type or its file name, optionally compressed with gzip.",
            AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" },
        };
    }

    /// <summary>Describes the result of each line, and the counts at the end.</summary>
    public static void DescribeReport(OpenApiMediaType lines, OpenApiDocument document)
    {
        document.AddComponent(ReportLine, Line(document));
        lines.Schema = Schemas.Text($"With `report=lines`: one `{ReportLine}` per line, and the counts as in JSON as the last line.");
        lines.Extensions = new Dictionary<string, IOpenApiExtension> { ["x-item-schema"] = Reference(ReportLine), ["x-last-item-schema"] = Reference("Import") };
    }

    private static OpenApiSchema Line(OpenApiDocument document) => Schemas.Object(
        "The result of a line of an import.",
        new()
        {
            ["line"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64", Description = "The line's number, from 1." },
            ["id"] = Schemas.Text("The film's id; null if there is none.", isOptional: true),
            ["result"] = Schemas.Text("What happened: `created`, `updated`, `unchanged`, `deleted`, `skipped` because of `onConflict`, `leftOut` because of its type, `error`, or, in a restore, `conflict`."),
            ["before"] = FilmOrNull("The film before the line; null if there was none.", document),
            ["after"] = FilmOrNull("The film after the line; null if there is none.", document),
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "The errors in the line, by member.",
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
            },
        },
        ["line", "id", "result", "before", "after"]);

    private static OpenApiSchema FilmOrNull(string description, OpenApiDocument document) =>
        new() { OneOf = [new OpenApiSchema { Type = JsonSchemaType.Null }, new OpenApiSchemaReference("Film", document)], Description = description };

    private static JsonNodeExtension Reference(string schema) => new(new JsonObject { ["$ref"] = $"#/components/schemas/{schema}" });
}
