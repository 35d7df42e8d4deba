using System.Text;
using FilmService.Domain.Films;
using FilmService.Domain.Search;

namespace FilmService.Api.Search;

/// <summary>Writes a list of films, one after the other, as one of its representations.</summary>
public abstract class FilmListWriter
{
    /// <summary>What stands before the first film.</summary>
    public abstract void Begin();

    /// <summary>One film.</summary>
    public abstract void Write(IFilmReader film);

    /// <summary>What stands behind the last film.</summary>
    public abstract void Finish();
}

/// <summary>One JSON object, keyed by id, as the original listed its films.</summary>
internal sealed class KeyedJsonWriter(Utf8Buffer to, FilmListView view) : FilmListWriter
{
    private bool _hasFilms;

    public override void Begin() => to.Add('{');

    public override void Write(IFilmReader film)
    {
        to.Add(_hasFilms ? ","u8 : []);
        to.AddJson(film.Id);
        to.Add(":{"u8);
        FilmJson.AddMembers(to, film, view);
        _hasFilms = true;
    }

    public override void Finish() => to.Add('}');
}

/// <summary>A JSON object whose films are a list, with the address of the next page behind them.</summary>
internal sealed class JsonArrayWriter(Utf8Buffer to, FilmListView view) : FilmListWriter
{
    private bool _hasFilms;

    public override void Begin() => to.Add("{\"items\":["u8);

    public override void Write(IFilmReader film)
    {
        to.Add(_hasFilms ? ","u8 : []);
        FilmJson.Add(to, film, view);
        _hasFilms = true;
    }

    public override void Finish()
    {
        to.Add("],"u8);
        if (view.Next is not null)
        {
            to.Add("\"next\":"u8);
            to.AddJson(Encoding.UTF8.GetBytes(view.Next));
        }

        to.EndObject();
    }
}

/// <summary>NDJSON: each film is an object on a line of its own.</summary>
internal sealed class NdjsonWriter(Utf8Buffer to, FilmListView view) : FilmListWriter
{
    public override void Begin()
    {
    }

    public override void Write(IFilmReader film)
    {
        FilmJson.Add(to, film, view);
        to.Add('\n');
    }

    public override void Finish()
    {
    }
}

/// <summary>Films as objects of JSON.</summary>
internal static class FilmJson
{
    private static readonly byte[][] Months = [.. Domain.Films.Months.All.Select(month => Encoding.UTF8.GetBytes($"\"{month}\""))];

    private static readonly FilmListView Whole = new(FilmMembers.All, null);

    /// <summary>
    /// A film at its own address, which says its id. Reading one is the hottest request, so it is written as in a list, without a
    /// <c>FilmResponse</c> between.
    /// </summary>
    public static ReadOnlyMemory<byte> Of(Film film)
    {
        var text = new Utf8Buffer();
        text.Add('{');
        AddMembers(text, Encoding.UTF8.GetBytes(film.Name), film.Year, film.Month, Whole);
        return text.Bytes;
    }

    /// <summary>Adds a film, its id first.</summary>
    public static void Add(Utf8Buffer to, IFilmReader film, FilmListView view)
    {
        to.Add("{\"Id\":"u8);
        to.AddJson(film.Id);
        to.Add(',');
        AddMembers(to, film, view);
    }

    /// <summary>Adds the members that are shown, which are not the id, and ends the object.</summary>
    public static void AddMembers(Utf8Buffer to, IFilmReader film, FilmListView view) => AddMembers(to, film.Name, film.Year, film.Month, view);

    private static void AddMembers(Utf8Buffer to, ReadOnlySpan<byte> name, int year, Month? month, FilmListView view)
    {
        if (view.Shows(FilmMembers.Name))
        {
            to.Add("\"Name\":"u8);
            to.AddJson(name);
            to.Add(',');
        }

        if (view.Shows(FilmMembers.Year))
        {
            to.Add("\"Year\":"u8);
            to.Add(year);
            to.Add(',');
        }

        if (view.Shows(FilmMembers.Month))
        {
            to.Add("\"Month\":"u8);
            to.Add(month is { } known ? Months[(int)known - 1] : "null"u8);
        }

        to.EndObject();
    }
}
