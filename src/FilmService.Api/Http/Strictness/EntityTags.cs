using FilmService.Api.Http.Problems;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace FilmService.Api.Http.Strictness;

/// <summary>The entity tags in a request's conditions (RFC 9110 §13.1).</summary>
internal static class EntityTags
{
    /// <summary>True if If-None-Match contains this tag, so that the client already has the representation.</summary>
    public static bool IsNotModified(HttpRequest request, string etag)
    {
        var values = request.Headers.IfNoneMatch;
        return values.Count > 0 && (values == etag || Read(values, "If-None-Match").Any(tag => tag.Tag == "*" || tag.Tag == etag));
    }

    /// <summary>The entity tags in If-Match; null if it is absent.</summary>
    /// <exception cref="ProblemException">400: the field is not a list of entity tags.</exception>
    public static IList<EntityTagHeaderValue>? IfMatch(HttpRequest request) =>
        request.Headers.IfMatch is { Count: > 0 } values ? Read(values, "If-Match") : null;

    /// <summary>True if If-Match contains this strong tag.</summary>
    public static bool IsMatch(IList<EntityTagHeaderValue> ifMatch, string etag) => ifMatch.Any(tag => tag.Tag == "*" || (tag.Tag == etag && !tag.IsWeak));

    /// <summary>
    /// For a 412: a sentence, after a space, if If-Match has a tag that a compressing proxy has changed; otherwise empty. Without it a
    /// client would be told the very revision that it sent.
    /// </summary>
    /// <param name="request">The request, whose If-Match is valid.</param>
    /// <param name="etag">The current tag.</param>
    public static string ChangedByProxy(HttpRequest request, string etag)
    {
        var tags = request.Headers.IfMatch.Count == 0 ? [] : Read(request.Headers.IfMatch, "If-Match");
        return tags.Any(tag => tag.IsWeak) ? " A weak tag (W/\"...\") never matches If-Match: send the tag without W/. Proxies that compress responses make tags weak."
            : tags.Any(tag => tag.Tag.StartsWith(etag[..^1] + "-", StringComparison.Ordinal)) ? $" If-Match must be {etag} exactly: proxies that compress responses append to tags, such as -gzip."
            : "";
    }

    /// <exception cref="ProblemException">400: the field is not a list of entity tags.</exception>
    public static IList<EntityTagHeaderValue> Read(StringValues values, string field) =>
        EntityTagHeaderValue.TryParseStrictList(values, out var tags) && (tags.Count == 1 || tags.All(tag => tag.Tag != "*"))
            ? tags
            : throw new ProblemException(Problem.OfParameter(field, $"{field} must be '*' or entity tags in double quotes, such as \"k3f9-1042\"."));
}
