using FilmService.Api.Http.Binding;

namespace FilmService.Api.Http.Problems;

/// <summary>Suggests the path that was probably meant, by the existing routes.</summary>
internal static class MeantAddress
{
    private const int MaxSegments = 6;
    private static readonly string[] Prefixes = ["api", "rest", "odata", "v1", "v2", "v3"];

    // Static files have no route.
    private static readonly string[] Pages = ["docs"];

    // How other services call what is here: a segment, or a complete path.
    private static readonly Dictionary<string, string> Synonyms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["film"] = "films", ["movie"] = "films", ["movies"] = "films", ["search"] = "films", ["catalog"] = "films", ["catalogue"] = "films",
        ["events"] = "changes", ["feed"] = "changes", ["stream"] = "changes", ["versions"] = "history", ["revisions"] = "history", ["undelete"] = "restore",
        ["keys"] = "api-keys", ["apikeys"] = "api-keys", ["hello"] = "hello_world", ["token"] = "oauth/token", ["oauth2/token"] = "oauth/token", ["connect/token"] = "oauth/token",
        ["swagger"] = "docs", ["swagger/index.html"] = "docs", ["redoc"] = "docs", ["openapi"] = "openapi.json", ["openapi.yaml"] = "openapi.json", ["swagger.json"] = "openapi.json",
        ["swagger/v1/swagger.json"] = "openapi.json", ["api-docs"] = "openapi.json",
        ["health"] = "health/ready", ["healthz"] = "health/ready", ["ready"] = "health/ready", ["readyz"] = "health/ready", ["status"] = "health/ready", ["live"] = "health/live", ["livez"] = "health/live",
    };

    /// <summary>The path, still encoded; null if none is near.</summary>
    public static string? Of(HttpContext context)
    {
        var path = context.Request.Path.ToUriComponent();
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries).SkipWhile(segment => Prefixes.Contains(segment, StringComparer.OrdinalIgnoreCase)).Take(MaxSegments + 1).ToArray();
        if (Synonyms.GetValueOrDefault(string.Join('/', segments)) is { } known)
        {
            segments = known.Split('/');
        }

        var routes = context.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(endpoint => endpoint.RoutePattern.RawText ?? "").Concat(Pages);
        var nearest = segments.Length is 0 or > MaxSegments ? null : routes.Select(route => Compare(segments, route.Trim('/').Split('/'))).OfType<(string Path, int Distance)>().OrderBy(found => found.Distance).Select(found => found.Path).FirstOrDefault();
        return nearest == path ? null : nearest;
    }

    private static (string Path, int Distance)? Compare(string[] segments, string[] route)
    {
        if (segments.Length != route.Length)
        {
            return null;
        }

        var distances = segments.Zip(route, Distance).ToArray();
        return distances.Contains(null) ? null : ("/" + string.Join('/', segments.Zip(route, (segment, part) => part.StartsWith('{') ? segment : part)), distances.Sum()!.Value);
    }

    // Null if the segment does not stand for this part of the route. A part that is the same comes before one that takes any text.
    private static int? Distance(string segment, string part) =>
        part.StartsWith('{') ? 1
        : segment == part ? 0
        : Synonyms.GetValueOrDefault(segment) == part || Suggestion.Nearest(segment, [part]) is not null ? 1
        : null;
}
