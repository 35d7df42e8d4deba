using Microsoft.AspNetCore.Http.Features;

namespace FilmService.Api.Http;

/// <summary>The id under which a request is in the log, in traces, and in its response.</summary>
internal static class TraceId
{
    private const string Field = "Trace-Id";

    /// <summary>
    /// The request's own id (W3C Trace Context §3.2), with the trace id that its client sent in <c>traceparent</c>, if any. The current
    /// activity may be a part of the request, such as a query, and have an id of its own.
    /// </summary>
    public static string Of(HttpContext context) => context.Features.Get<IHttpActivityFeature>()?.Activity.Id ?? context.TraceIdentifier;

    public static void Add(HttpContext context) => context.Response.Headers[Field] = Of(context);
}
