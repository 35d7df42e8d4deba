using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using FilmService.Api.Http.Results;
using FilmService.Domain.Films;
using FilmService.Domain.Search;

namespace FilmService.Api.Films;

/// <summary>Members of a film that are shown besides its id.</summary>
[Flags]
public enum FilmMembers
{
    /// <summary>None: the id alone.</summary>
    None = 0,

    /// <summary>The name.</summary>
    Name = 1,

    /// <summary>The year.</summary>
    Year = 2,

    /// <summary>The month.</summary>
    Month = 4,

    /// <summary>All of them.</summary>
    All = Name | Year | Month,
}

/// <summary>Films as objects of JSON.</summary>
internal static class FilmJson
{
    private static readonly byte[][] Months = [.. Domain.Films.Months.All.Select(month => Encoding.UTF8.GetBytes($"\"{month}\""))];

    /// <summary>
    /// A film at its own address, which says its id. Reading one is the hottest request, so it is written as in a list, without a
    /// <c>FilmResponse</c> between.
    /// </summary>
    public static ReadOnlyMemory<byte> Of(Film film)
    {
        var text = new Utf8Buffer();
        text.Add('{');
        AddMembers(text, Encoding.UTF8.GetBytes(film.Name), film.Year, film.Month, FilmMembers.All);
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

    private static void AddMembers(Utf8Buffer to, ReadOnlySpan<byte> name, int year, Month? month, FilmMembers members)
    {
        if (members.HasFlag(FilmMembers.Name))
        {
            to.Add("\"Name\":"u8);
            to.AddJson(name);
            to.Add(',');
        }

        if (members.HasFlag(FilmMembers.Year))
        {
            to.Add("\"Year\":"u8);
            to.Add(year);
            to.Add(',');
        }

        if (members.HasFlag(FilmMembers.Month))
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
