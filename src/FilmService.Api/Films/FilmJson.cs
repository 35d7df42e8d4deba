using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using FilmService.Api.Http.Results;
using FilmService.Domain.Films;
using FilmService.Domain.Search;

namespace FilmService.Api.Films;

/// <summary>Writes films as JSON, wherever they come from: a single film, a list, an export or the changes.</summary>
internal static class FilmJson
{
    private static readonly byte[][] Labels = [.. FilmFields.All.Select(field => Encoding.UTF8.GetBytes($"\"{field.Name}\":"))];
    private static readonly byte[][][] Choices = [.. FilmFields.All.Select(field => field.Choices.Select(name => Encoding.UTF8.GetBytes($"\"{name}\"")).ToArray())];

    /// <summary>
    /// A film at its own URL, which contains the id. Reading one is the most frequent request, so it is written directly as in a
    /// list, without a <c>FilmResponse</c> in between.
    /// </summary>
    public static ReadOnlyMemory<byte> Of(Film film)
    {
        var text = new Utf8Buffer();
        text.Add('{');
        AddMembers(text, film.Details);
        return text.Bytes;
    }

    /// <summary>Appends a film, its id first.</summary>
    public static void Add(Utf8Buffer to, IFilmReader film, FilmFieldSet shown, bool withRevision)
    {
        to.Add("{\"Id\":"u8);
        to.AddJson(film.Id);
        to.Add(',');
        AddMembers(to, film, shown, withRevision);
    }

    /// <summary>Appends the selected members except the id, and ends the object.</summary>
    public static void AddMembers(Utf8Buffer to, IFilmReader film, FilmFieldSet shown, bool withRevision)
    {
        if (withRevision)
        {
            to.Add("\"Revision\":"u8);
            to.AddJson(film.Revision.ToString());
            to.Add(',');
        }

        foreach (var field in FilmFields.All)
        {
            if (shown.Contains(field))
            {
                Add(to, field, film.ValueOf(field));
            }
        }

        to.EndObject();
    }

    /// <summary>Appends all members except the id, and ends the object.</summary>
    public static void AddMembers(Utf8Buffer to, FilmDetails film)
    {
        foreach (var field in FilmFields.All)
        {
            Add(to, field, FieldBytes.Of(field.Of(film)));
        }

        to.EndObject();
    }

    private static void Add(Utf8Buffer to, FilmField field, FieldBytes value)
    {
        to.Add(Labels[field.Index]);
        if (value.Kind is FieldValueKind.Text)
        {
            to.AddJson(value.Text);
        }
        else if (value.Kind is not FieldValueKind.Number)
        {
            to.Add("null"u8);
        }
        else if (field.Kind is FilmFieldKind.Choice)
        {
            to.Add(Choices[field.Index][value.Number - 1]);
        }
        else
        {
            to.Add(value.Number);
        }

        to.Add(',');
    }
}

/// <summary>The serialiser of films, generated at build time.</summary>
[JsonSerializable(typeof(FilmResponse))]
[JsonSerializable(typeof(FilmItemResponse))]
internal sealed partial class FilmJsonContext : JsonSerializerContext
{
    public static readonly FilmJsonContext Plain = new(new JsonSerializerOptions(Json.Options));
}
