using System.Globalization;
using System.Text;
using FilmService.Api.Films;
using FilmService.Api.Http.Results;
using FilmService.Domain.Changes;

namespace FilmService.Api.Changes;

/// <summary>
/// Writes a change as one JSON object. It can be imported as a line as well, so the film has the original's member names.
/// </summary>
internal static class ChangeLine
{
    /// <summary>UTC with exactly three digits of milliseconds.</summary>
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

    /// <summary>Appends a server-sent event with the revision as its id (HTML, section 9.2).</summary>
    public static void AddEvent(Utf8Buffer to, FilmChange change)
    {
        to.Add("id: "u8);
        to.Add(Encoding.ASCII.GetBytes(change.Revision.ToString()));
        to.Add("\ndata: "u8);
        Add(to, change);
        to.Add("\n\n"u8);
    }

    /// <summary>Changes as NDJSON.</summary>
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
