using System.Text.Json.Nodes;
using FilmService.Api.Http.Binding;
using FilmService.Api.Search;
using Microsoft.OpenApi;

namespace FilmService.Api.Docs;

/// <summary>Describes the body of an import.</summary>
internal static class ImportTransformer
{
    /// <summary>Adds the schemas of an import, with this schema of a line, to the body's media types.</summary>
    public static void Describe(OpenApiRequestBody body, OpenApiSchemaReference line)
    {
        body.Description = "At most as many bytes and lines as the settings `Imports:MaxBytes`, `Imports:MaxUnpackedBytes` and `Imports:MaxLines` allow; `Content-Encoding: gzip` is supported.";
        body.Content![ArgumentReader.JsonType].Schema = new OpenApiSchema { Type = JsonSchemaType.Array, Description = "The lines.", Items = line };
        body.Content[FilmListFormat.LinesType].Schema = Schemas.Text($"One `{line.Reference.Id}` per line.");
        body.Content[FilmListFormat.LinesType].AddExtension("x-item-schema", new JsonNodeExtension(new JsonObject { ["$ref"] = $"#/components/schemas/{line.Reference.Id}" }));
        body.Content[FilmListFormat.TableType].Schema = Schemas.Text($"RFC 4180: a header with member names of `{line.Reference.Id}`, in any order and letter case, and one row per line.");
    }
}
