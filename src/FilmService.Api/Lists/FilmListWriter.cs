using System.Buffers;
using System.Text.Json;
using FilmService.Domain.Films;

namespace FilmService.Api.Lists;

/// <summary>Writes a list of films, one after the other, as one of its representations.</summary>
public abstract class FilmListWriter : IDisposable
{
    /// <summary>What stands before the first film.</summary>
    public virtual void Begin()
    {
    }

    /// <summary>One film.</summary>
    public abstract void Write(Film film);

    /// <summary>What stands behind the last film.</summary>
    public virtual void Finish()
    {
    }

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <summary>One JSON object, keyed by id, as the original listed its films.</summary>
internal sealed class FilmMapWriter(IBufferWriter<byte> to, FilmListView view) : FilmListWriter
{
    private readonly Utf8JsonWriter _json = new(to, Http.Json.Writer);

    public override void Begin()
    {
        _json.WriteStartObject();
        _json.Flush();
    }

    public override void Write(Film film)
    {
        _json.WriteStartObject(film.Id.Value);
        FilmJson.WriteMembers(_json, film, view.Members);
        _json.WriteEndObject();
        _json.Flush();
    }

    public override void Finish()
    {
        _json.WriteEndObject();
        _json.Flush();
    }

    public override void Dispose() => _json.Dispose();
}

/// <summary>A JSON object whose films are a list, with the address of the next page behind them.</summary>
internal sealed class FilmItemsWriter(IBufferWriter<byte> to, FilmListView view) : FilmListWriter
{
    private readonly Utf8JsonWriter _json = new(to, Http.Json.Writer);

    public override void Begin()
    {
        _json.WriteStartObject();
        _json.WriteStartArray("items");
        _json.Flush();
    }

    public override void Write(Film film)
    {
        _json.WriteStartObject();
        _json.WriteString(FilmJson.Id, film.Id.Value);
        FilmJson.WriteMembers(_json, film, view.Members);
        _json.WriteEndObject();
        _json.Flush();
    }

    public override void Finish()
    {
        _json.WriteEndArray();
        if (view.Next is not null)
        {
            _json.WriteString("next", view.Next);
        }

        _json.WriteEndObject();
        _json.Flush();
    }

    public override void Dispose() => _json.Dispose();
}

/// <summary>NDJSON: each film is an object on a line of its own.</summary>
internal sealed class FilmLinesWriter(IBufferWriter<byte> to, FilmListView view) : FilmListWriter
{
    private readonly Utf8JsonWriter _json = new(to, Http.Json.Writer);

    public override void Write(Film film)
    {
        _json.WriteStartObject();
        _json.WriteString(FilmJson.Id, film.Id.Value);
        FilmJson.WriteMembers(_json, film, view.Members);
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        to.Write("\n"u8);
    }

    public override void Dispose() => _json.Dispose();
}

/// <summary>The members of a film in lists.</summary>
internal static class FilmJson
{
    public static readonly JsonEncodedText Id = JsonEncodedText.Encode("Id");

    private static readonly JsonEncodedText Name = JsonEncodedText.Encode("Name");
    private static readonly JsonEncodedText Year = JsonEncodedText.Encode("Year");
    private static readonly JsonEncodedText Month = JsonEncodedText.Encode("Month");

    /// <summary>Writes the members, which are not the id.</summary>
    public static void WriteMembers(Utf8JsonWriter json, Film film, FilmMembers members)
    {
        if (members.HasFlag(FilmMembers.Name))
        {
            json.WriteString(Name, film.Name);
        }

        if (members.HasFlag(FilmMembers.Year))
        {
            json.WriteNumber(Year, film.Year);
        }

        if (members.HasFlag(FilmMembers.Month))
        {
            json.WriteString(Month, film.Month?.ToName());
        }
    }
}
