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

    /// <summary>True if If-Match is absent or contains this strong tag.</summary>
    public static bool IsMatch(HttpRequest request, string etag)
    {
        var values = request.Headers.IfMatch;
        return values.Count == 0 || Read(values, "If-Match").Any(tag => tag.Tag == "*" || (tag.Tag == etag && !tag.IsWeak));
    }

    /// <exception cref="ProblemException">400: the field is not a list of entity tags.</exception>
    public static IList<EntityTagHeaderValue> Read(StringValues values, string field) =>
        EntityTagHeaderValue.TryParseStrictList(values, out var tags) && (tags.Count == 1 || tags.All(tag => tag.Tag != "*"))
            ? tags
            : throw new ProblemException(Problem.OfParameter(field, $"{field} must be '*' or entity tags in double quotes, such as \"k3f9-1042\"."));
}
