using System.Globalization;
using System.Text;

namespace FilmService.Api.Http.Problems;

/// <summary>
/// A problem as a server-sent event (HTML, section 9.2). A browser's EventSource shows its page nothing of a response other than
/// 200, and never connects again after one; see docs/decisions/0021-problems-as-events.md.
/// </summary>
internal static class ProblemEvent
{
    private const string MediaType = "text/event-stream";

    // A page that does not close its EventSource connects again after this time, unless Retry-After says another.
    private const string RetrySeconds = "60";

    /// <summary>
    /// True for a request of a browser's EventSource. A script's fetch with the same Accept sees the status, and differs in
    /// Cache-Control; other clients send no Fetch Metadata, or only the mode.
    /// </summary>
    public static bool IsExpectedBy(HttpRequest request) =>
        request.Headers.Accept == MediaType && HttpMethods.IsGet(request.Method) && request.Headers["Sec-Fetch-Mode"] == "cors"
        && request.Headers["Sec-Fetch-Dest"] == "empty" && request.Headers.CacheControl == "no-cache";

    /// <summary>Writes a response of this event alone. It has no challenge, because a 401 is one and this is a 200.</summary>
    public static async Task WriteAsync(Problem problem, HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status200OK;
        context.Response.ContentType = MediaType;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Remove("WWW-Authenticate");
        await context.Response.BodyWriter.WriteAsync(Of(problem, context), context.RequestAborted);
    }

    /// <summary>The event, which ends a stream. It has no id, so that Last-Event-ID stays what it was.</summary>
    public static byte[] Of(Problem problem, HttpContext context)
    {
        var wait = int.Parse(problem.Fields.GetValueOrDefault("Retry-After", RetrySeconds), CultureInfo.InvariantCulture);
        return [.. Encoding.ASCII.GetBytes($"event: reset\nretry: {wait}000\ndata: "), .. problem.ToJson(context), .. "\n\n"u8];
    }
}
