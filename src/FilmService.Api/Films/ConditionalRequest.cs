using FilmService.Api.Http.Problems;
using FilmService.Api.Http.Strictness;
using FilmService.Domain.Films;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace FilmService.Api.Films;

/// <summary>The conditions in a request's header fields (RFC 9110 §13.1).</summary>
internal static class ConditionalRequest
{
    /// <summary>The conditions on a film's revision.</summary>
    /// <exception cref="ProblemException">400: a field is not a list of entity tags.</exception>
    public static Preconditions Preconditions(HttpRequest request)
    {
        var (ifMatch, ifNoneMatch) = (request.Headers.IfMatch, request.Headers.IfNoneMatch);
        return ifMatch.Count == 0 && ifNoneMatch.Count == 0
            ? Domain.Films.Preconditions.None
            : new Preconditions(Match(ifMatch, "If-Match", weak: false), Match(ifNoneMatch, "If-None-Match", weak: true));
    }

    /// <summary>The revisions in the entity tags of lists in If-Match; null if it is absent.</summary>
    /// <exception cref="ProblemException">400: the field is not a list of entity tags.</exception>
    public static RevisionMatch? ListRevisions(HttpRequest request) => EntityTags.IfMatch(request) is not { } tags ? null
        : tags.Any(tag => tag.Tag == "*") ? RevisionMatch.Anything
        : new RevisionMatch(false, tags.Where(tag => !tag.IsWeak).Select(tag => Revision.Parse(tag.Tag.ToString().Trim('"').Split('.')[0])).OfType<Revision>().ToArray());

    // If-Match compares strongly, so a weak tag matches nothing (RFC 9110 §8.8.3.2).
    private static RevisionMatch? Match(StringValues values, string field, bool weak)
    {
        if (values.Count == 0)
        {
            return null;
        }

        // Fast path: one strong tag, as sent by a client that has read the film.
        if (values is [['"', .. var tag, '"']] && Revision.Parse(tag) is { } revision)
        {
            return new RevisionMatch(false, [revision]);
        }

        var tags = EntityTags.Read(values, field);
        return tags.Any(tag => tag.Tag == "*")
            ? RevisionMatch.Anything
            : new RevisionMatch(false, tags.Where(tag => weak || !tag.IsWeak).Select(RevisionOf).OfType<Revision>().ToArray());
    }

    private static Revision? RevisionOf(EntityTagHeaderValue tag) => Revision.Parse(tag.Tag.AsSpan().Trim('"').ToString());
}
