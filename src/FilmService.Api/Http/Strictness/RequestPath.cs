using FilmService.Api.Http.Problems;
using Microsoft.AspNetCore.Http.Features;

namespace FilmService.Api.Http.Strictness;

/// <summary>
/// The path as the client sent it. The server's own path has dot segments resolved and keeps <c>%2F</c> as it is, so <c>%2F</c>
/// and <c>%252F</c> look the same there; in a film id they must differ.
/// </summary>
internal static class RequestPath
{
    // For path and query together, in bytes.
    private const int MaxLength = 8192;

    /// <summary>The segments, still encoded: <c>/films/a%20b</c> gives <c>films</c> and <c>a%20b</c>.</summary>
    public static string[] Segments(HttpContext context) => Path(context).ToString().Split('/');

    /// <summary>The second segment, such as the id in <c>/films/{id}</c>.</summary>
    public static string SecondSegment(HttpContext context)
    {
        var path = Path(context);
        path = path[(path.IndexOf('/') + 1)..];
        return path[..(path.IndexOf('/') is >= 0 and var end ? end : path.Length)].ToString();
    }

    private static ReadOnlySpan<char> Path(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.AsSpan();
        target = target[..(target.IndexOf('?') is >= 0 and var query ? query : target.Length)];
        if (target.IndexOf("://") is > 0 and var scheme)
        {
            // The absolute form (RFC 9112 §3.2.2).
            var slash = target[(scheme + 3)..].IndexOf('/');
            target = slash < 0 ? "/" : target[(scheme + 3 + slash)..];
        }

        return target.TrimStart('/');
    }

    /// <summary>
    /// True if the path is spelt exactly like the route: routing also accepts <c>/Films</c> and <c>/films/</c> for <c>/films</c>.
    /// </summary>
    public static bool IsSpeltAs(PathString path, RouteEndpoint endpoint)
    {
        var text = path.Value.AsSpan().TrimStart('/');
        var route = endpoint.RoutePattern.RawText.AsSpan().TrimStart('/');
        for (var isLast = false; !isLast;)
        {
            isLast = !TakeSegment(ref route, out var expected) & !TakeSegment(ref text, out var segment);
            if (!expected.StartsWith('{') && !segment.SequenceEqual(expected))
            {
                return false;
            }
        }

        return path.Value is not { Length: > 1 } value || !value.EndsWith('/');
    }

    /// <summary>Takes the first segment from a path; false if it was the last one.</summary>
    private static bool TakeSegment(ref ReadOnlySpan<char> path, out ReadOnlySpan<char> segment)
    {
        var slash = path.IndexOf('/');
        segment = slash < 0 ? path : path[..slash];
        path = slash < 0 ? [] : path[(slash + 1)..];
        return slash >= 0;
    }

    /// <summary>Rejects a URL of more than 8 KB. The server itself rejects one of more than 32 KB, without a body.</summary>
    public static Task RefuseLong(HttpContext context, RequestDelegate next) =>
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Length <= MaxLength
            ? next(context)
            : throw new ProblemException(new Problem(ProblemTypes.UriTooLong, $"The URL is longer than {MaxLength} bytes."));
}
