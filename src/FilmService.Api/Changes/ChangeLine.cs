using System.Buffers;
using System.Globalization;
using System.Text.Json;
using FilmService.Api.Http.Results;
using FilmService.Domain.Changes;
using FilmService.Domain.Films;

namespace FilmService.Api.Changes;

/// <summary>
/// Writes a change as one JSON object. It is a line of an import as well, so its film is spelt as the original spelt it.
/// </summary>
internal static class ChangeLine
{
    /// <summary>Milliseconds, always three digits of them, in UTC.</summary>
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static void Write(Utf8JsonWriter json, FilmChange change)
    {
        json.WriteStartObject();
        json.WriteString("Revision", change.Revision.ToString());
        json.WriteString("At", change.At.ToString(TimeFormat, CultureInfo.InvariantCulture));
        json.WriteString("By", change.By);
        json.WriteString("Id", change.Id.Value);
        if (change.Details is { } details)
        {
            json.WriteString("Name", details.Name);
            json.WriteNumber("Year", details.Year);
            json.WriteString("Month", details.Month?.ToName());
        }
        else
        {
            json.WriteBoolean("Deleted", true);
        }

        json.WriteEndObject();
    }

    /// <summary>Lines of NDJSON.</summary>
    public static void WriteLines(IBufferWriter<byte> to, IEnumerable<FilmChange> changes)
    {
        using var json = new Utf8JsonWriter(to, Json.Writer);
        foreach (var change in changes)
        {
            Write(json, change);
            json.Flush();
            to.Write("\n"u8);
            json.Reset();
        }
    }

    /// <summary>Server-sent events, whose ids are the revisions (HTML, section 9.2).</summary>
    public static void WriteEvent(IBufferWriter<byte> to, FilmChange change)
    {
        to.Write("id: "u8);
        to.Write(System.Text.Encoding.ASCII.GetBytes(change.Revision.ToString()));
        to.Write("\ndata: "u8);
        using (var json = new Utf8JsonWriter(to, Json.Writer))
        {
            Write(json, change);
        }

        to.Write("\n\n"u8);
    }
}
