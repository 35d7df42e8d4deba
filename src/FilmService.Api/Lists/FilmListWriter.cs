using System.Buffers;
using System.Text.Json;
using FilmService.Domain.Films;

namespace FilmService.Api.Lists;

/// <summary>Writes a list of films, one after the other, as one of its representations.</summary>
internal abstract class FilmListWriter : IDisposable
{
    /// <summary>What stands before the first film.</summary>
    public virtual void Begin()
    {
    }

    /// <summary>One film.</summary>
    public abstract void Write(Film film);

    /// <summary>What stands behind the last film.</summary>
    public virtual void End()
    {
    }

    public abstract void Dispose();
}

/// <summary>One JSON object, keyed by id, as the original listed its films.</summary>
internal sealed class FilmMapWriter(IBufferWriter<byte> to) : FilmListWriter
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
        FilmJson.WriteMembers(_json, film);
        _json.WriteEndObject();
        _json.Flush();
    }

    public override void End()
    {
        _json.WriteEndObject();
        _json.Flush();
    }

    public override void Dispose() => _json.Dispose();
}

/// <summary>NDJSON: each film is an object on a line of its own.</summary>
internal sealed class FilmLinesWriter(IBufferWriter<byte> to) : FilmListWriter
{
    private readonly Utf8JsonWriter _json = new(to, Http.Json.Writer);

    public override void Write(Film film)
    {
        _json.WriteStartObject();
        _json.WriteString(FilmJson.Id, film.Id.Value);
        FilmJson.WriteMembers(_json, film);
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

    /// <summary>Writes all but the id.</summary>
    public static void WriteMembers(Utf8JsonWriter json, Film film)
    {
        json.WriteString(Name, film.Name);
        json.WriteNumber(Year, film.Year);
        json.WriteString(Month, film.Month?.ToName());
    }
}
