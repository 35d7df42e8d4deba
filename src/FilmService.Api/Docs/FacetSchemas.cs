using FilmService.Api.Search;
using FilmService.Domain.Films;
using FilmService.Domain.Search;
using Microsoft.OpenApi;

namespace FilmService.Api.Docs;

/// <summary>The schema of the counts in a list of films.</summary>
internal static class FacetSchemas
{
    public static OpenApiSchema All() => Schemas.Object(
        "The number of matching films by each requested facet, regardless of the page. Missing without `facet`.",
        Enum.GetValues<Facet>().ToDictionary(FacetReader.NameOf, facet => (IOpenApiSchema)Of(facet)),
        []);

    private static OpenApiSchema Of(Facet facet) => new()
    {
        Type = JsonSchemaType.Array,
        Description = "The values that any film has, in order.",
        Items = Schemas.Object(
            "A value.",
            new()
            {
                ["value"] = facet is Facet.Month ? Month() : new OpenApiSchema { Type = JsonSchemaType.Integer, Description = facet is Facet.Decade ? "The first year of the decade." : "The year." },
                ["count"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Description = "The number of films." },
            },
            ["value", "count"]),
    };

    private static OpenApiSchema Month() => new()
    {
        OneOf = [new OpenApiSchema { Type = JsonSchemaType.Null }, NamedChoices.Inline(FilmFields.Month)],
        Description = "The month; null for films whose month is unknown, which is the last value.",
    };
}
