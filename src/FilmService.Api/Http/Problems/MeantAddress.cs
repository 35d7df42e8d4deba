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
    private static readonly Dictionary<string, string> Synonyms = new[]
    {
        ("films", "film movie movies search catalog catalogue"),
        ("changes", "events feed stream"),
        ("history", "versions revisions"),
        ("restore", "undelete"),
        ("api-keys", "keys apikeys"),
        ("hello_world", "hello"),
        ("oauth/token", "token oauth2/token connect/token"),
        ("docs", "swagger swagger/index.html redoc"),
        ("openapi.json", "openapi openapi.yaml swagger.json swagger/v1/swagger.json api-docs"),
        ("health/ready", "health healthz ready readyz status"),
        ("health/live", "live livez"),
    }.SelectMany(line => line.Item2.Split(' ').Select(name => KeyValuePair.Create(name, line.Item1))).ToDictionary(StringComparer.OrdinalIgnoreCase);

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
        var near = segments.Length is 0 or > MaxSegments ? [] : routes.Select(route => Compare(segments, route.Trim('/').Split('/'))).OfType<(string Path, int Distance)>();
        return near.OrderBy(found => found.Distance).Select(found => found.Path).FirstOrDefault(found => found != path);
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
