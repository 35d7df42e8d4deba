using System.Globalization;
using System.Text;
using FilmService.Api.Films;
using FilmService.Api.Http.Results;
using FilmService.Domain.Changes;

namespace FilmService.Api.Changes;

/// <summary>
/// Writes a change as one JSON object. It is a line of an import as well, so its film is spelt as the original spelt it.
/// </summary>
internal static class ChangeLine
{
    /// <summary>Milliseconds, always three digits of them, in UTC.</summary>
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static void Add(Utf8Buffer to, FilmChange change)
    {
        to.Add("{\"Revision\":"u8);
        to.AddJson(change.Revision.ToString());
        to.Add(",\"At\":"u8);
        to.AddJson(change.At.ToString(TimeFormat, CultureInfo.InvariantCulture));
        to.Add(",\"By\":"u8);
        to.AddJson(change.By);
        to.Add(",\"Id\":"u8);
        to.AddJson(change.Id.Value);
        to.Add(',');
        if (change.Details is { } details)
        {
            FilmJson.AddMembers(to, details);
        }
        else
        {
            to.Add("\"Deleted\":true}"u8);
        }
    }

    /// <summary>Adds a server-sent event, whose id is the revision (HTML, section 9.2).</summary>
    public static void AddEvent(Utf8Buffer to, FilmChange change)
    {
        to.Add("id: "u8);
        to.Add(Encoding.ASCII.GetBytes(change.Revision.ToString()));
        to.Add("\ndata: "u8);
        Add(to, change);
        to.Add("\n\n"u8);
    }

    /// <summary>Lines of NDJSON.</summary>
    public static ReadOnlyMemory<byte> Lines(IEnumerable<FilmChange> changes)
    {
        var to = new Utf8Buffer();
        foreach (var change in changes)
        {
            Add(to, change);
            to.Add('\n');
        }

        return to.Bytes;
    }
}
