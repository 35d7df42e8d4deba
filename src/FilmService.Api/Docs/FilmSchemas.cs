using System.Globalization;
using FilmService.Domain.Films;
using Microsoft.OpenApi;

namespace FilmService.Api.Docs;

/// <summary>The schemas of films, generated from <see cref="FilmFields"/>.</summary>
internal static class FilmSchemas
{
    private const string Unknown = " if it is unknown";

    /// <summary>A film in a list: its id, and the members that were asked for.</summary>
    public static OpenApiSchema FoundFilm()
    {
        var members = Members(withId: true);
        members["Revision"] = Schemas.Text("The revision of the film's last change, if `fields` names it; in double quotes, the film's ETag.");
        return Schemas.Object("A film, or those of its members that `fields` names. It has an id unless it stands under it.", members, []);
    }

    public static Dictionary<string, IOpenApiSchema> Members(bool withId)
    {
        var members = new Dictionary<string, IOpenApiSchema>();
        if (withId)
        {
            members["Id"] = Schemas.Text("The film's id.");
        }

        foreach (var field in FilmFields.All)
        {
            members[field.Name] = Of(field, $"{field.Description}{(field.IsRequired ? "" : $"; null{Unknown}")}.");
        }

        return members;
    }

    /// <summary>A film in a request.</summary>
    /// <param name="id">Describes the id.</param>
    /// <param name="isWhole">True if required fields must be present.</param>
    /// <param name="absent">Describes an optional field without a value.</param>
    public static OpenApiSchema Arguments(string description, string id, bool isWhole, string absent = $"missing{Unknown}")
    {
        var arguments = FilmFields.All.ToDictionary(field => field.Argument, IOpenApiSchema (field) => Of(field, $"{field.Description}{field.Hint}{(field.IsRequired ? "" : $"; null or {absent}")}."));
        arguments["id"] = Id(id);
        return Schemas.Object(description, arguments, isWhole ? FilmFields.Required.Select(field => field.Argument) : []);
    }

    public static OpenApiSchema Line(string id)
    {
        const string ofTheFeed = "As in the change feed; not stored.";
        var film = Arguments("A line of an import: a film, or one to delete. A line of the change feed is a valid import line.", id, isWhole: false);
        var members = new Dictionary<string, IOpenApiSchema> { ["id"] = film.Properties!["id"] };
        foreach (var field in FilmFields.All)
        {
            members[field.Argument] = film.Properties[field.Argument];
        }

        members["deleted"] = new OpenApiSchema { Type = JsonSchemaType.Null | JsonSchemaType.Boolean, Description = "True to delete the film; then no other film member is allowed." };
        foreach (var name in new[] { "revision", "at", "by" })
        {
            members[name] = Schemas.Text(ofTheFeed, isOptional: true);
        }

        film.Properties = members;
        return film;
    }

    private static OpenApiSchema Id(string description)
    {
        var id = Schemas.Text(description, isOptional: true);
        id.MaxLength = FilmId.MaxLength;
        return id;
    }

    private static OpenApiSchema Of(FilmField field, string description)
    {
        var schema = new OpenApiSchema { Type = (field.IsRequired ? 0 : JsonSchemaType.Null) | JsonSchemaType.String, Description = description };
        if (field.Kind is FilmFieldKind.Number)
        {
            (schema.Type, schema.Format) = ((field.IsRequired ? 0 : JsonSchemaType.Null) | JsonSchemaType.Integer, "int32");
            (schema.Minimum, schema.Maximum) = (field.Range.Min.ToString(CultureInfo.InvariantCulture), field.Range.Max.ToString(CultureInfo.InvariantCulture));
        }
        else if (field.Kind is FilmFieldKind.Choice)
        {
            (schema.Type, schema.OneOf) = (null, [.. field.IsRequired ? [] : new IOpenApiSchema[] { new OpenApiSchema { Type = JsonSchemaType.Null } }, NamedChoices.Inline(field)]);
        }
        else
        {
            (schema.MinLength, schema.MaxLength) = (field.Length.Min, field.Length.Max);
        }

        return schema;
    }
}
