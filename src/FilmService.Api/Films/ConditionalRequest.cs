using FilmService.Api.Http.Problems;
using FilmService.Domain.Films;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace FilmService.Api.Films;

/// <summary>The conditions in a request's header (RFC 9110 §13.1).</summary>
internal static class ConditionalRequest
{
    /// <summary>The conditions on one film's revision.</summary>
    /// <exception cref="ProblemException">400: a field is no list of entity tags.</exception>
    public static Preconditions Preconditions(HttpRequest request)
    {
        var (ifMatch, ifNoneMatch) = (request.Headers.IfMatch, request.Headers.IfNoneMatch);
        return ifMatch.Count == 0 && ifNoneMatch.Count == 0
            ? Domain.Films.Preconditions.None
            : new Preconditions(Match(ifMatch, "If-Match", weak: false), Match(ifNoneMatch, "If-None-Match", weak: true));
    }

    /// <summary>True when If-None-Match names this tag, so that the client has the representation already.</summary>
    public static bool IsNotModified(HttpRequest request, string etag)
    {
        var values = request.Headers.IfNoneMatch;
        return values.Count > 0 && (values == etag || Tags(values, "If-None-Match").Any(tag => tag.Tag == "*" || tag.Tag == etag));
    }

    /// <summary>True when If-Match is absent, or names this strong tag.</summary>
    public static bool IsMatch(HttpRequest request, string etag)
    {
        var values = request.Headers.IfMatch;
        return values.Count == 0 || Tags(values, "If-Match").Any(tag => tag.Tag == "*" || (tag.Tag == etag && !tag.IsWeak));
    }

    // If-Match compares strongly, so a weak tag matches nothing (RFC 9110 §8.8.3.2).
    private static RevisionMatch? Match(StringValues values, string field, bool weak)
    {
        if (values.Count == 0)
        {
            return null;
        }

        // One strong tag, as a client that has read the film sends it.
        if (values is [['"', .. var tag, '"']] && Revision.Parse(tag) is { } revision)
        {
            return new RevisionMatch(false, [revision]);
        }

        var tags = Tags(values, field);
        return tags.Any(tag => tag.Tag == "*")
            ? RevisionMatch.Anything
            : new RevisionMatch(false, tags.Where(tag => weak || !tag.IsWeak).Select(RevisionOf).OfType<Revision>().ToArray());
    }

    private static Revision? RevisionOf(EntityTagHeaderValue tag) => Revision.Parse(tag.Tag.AsSpan().Trim('"').ToString());

    private static IList<EntityTagHeaderValue> Tags(StringValues values, string field) =>
        EntityTagHeaderValue.TryParseStrictList(values, out var tags) && (tags.Count == 1 || tags.All(tag => tag.Tag != "*"))
            ? tags
            : throw new ProblemException(Problem.OfParameter(field, $"{field} must be '*' or entity tags in double quotes, such as \"k3f9-1042\"."));
}
