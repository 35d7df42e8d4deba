using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using FilmService.Api.Http.Results;
using FilmService.Domain.Films;
using FilmService.Domain.Search;

namespace FilmService.Api.Films;

/// <summary>Writes films as JSON, wherever they are read: one, a list, an export or the changes.</summary>
internal static class FilmJson
{
    private static readonly byte[][] Months = [.. Domain.Films.Months.All.Select(month => Encoding.UTF8.GetBytes($"\"{month}\""))];

    /// <summary>A film at its own address, which says its id. Reading one is the hottest request, so there is no <see cref="FilmResponse"/> between.</summary>
    public static ReadOnlyMemory<byte> Of(Film film)
    {
        var text = new Utf8Buffer();
        text.Add('{');
        AddMembers(text, film.Details);
        return text.Bytes;
    }

    /// <summary>Adds a film, its id first.</summary>
    public static void Add(Utf8Buffer to, IFilmReader film, FilmMembers members)
    {
        to.Add("{\"Id\":"u8);
        to.AddJson(film.Id);
        to.Add(',');
        AddMembers(to, film, members);
    }

    /// <summary>Adds the members that are shown, which are not the id, and ends the object.</summary>
    public static void AddMembers(Utf8Buffer to, IFilmReader film, FilmMembers members) => AddMembers(to, film.Name, film.Year, film.Month, members);

    /// <summary>Adds all members but the id, and ends the object.</summary>
    public static void AddMembers(Utf8Buffer to, FilmDetails film) =>
        AddMembers(to, Encoding.UTF8.GetBytes(film.Name), film.Year, film.Month, FilmMembers.All);

    private static void AddMembers(Utf8Buffer to, ReadOnlySpan<byte> name, int year, Month? month, FilmMembers members)
    {
        if ((members & FilmMembers.Name) != 0)
        {
            to.Add("\"Name\":"u8);
            to.AddJson(name);
            to.Add(',');
        }

        if ((members & FilmMembers.Year) != 0)
        {
            to.Add("\"Year\":"u8);
            to.Add(year);
            to.Add(',');
        }

        if ((members & FilmMembers.Month) != 0)
        {
            to.Add("\"Month\":"u8);
            to.Add(month is { } known ? Months[(int)known - 1] : "null"u8);
        }

        to.EndObject();
    }
}

/// <summary>The serializer of films, made when the program is built.</summary>
[JsonSerializable(typeof(FilmResponse))]
[JsonSerializable(typeof(FilmItemResponse))]
internal sealed partial class FilmJsonContext : JsonSerializerContext
{
    public static readonly FilmJsonContext Plain = new(new JsonSerializerOptions(Json.Options));
}
