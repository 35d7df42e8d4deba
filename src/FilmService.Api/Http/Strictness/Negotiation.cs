using Microsoft.Net.Http.Headers;

namespace FilmService.Api.Http.Strictness;

/// <summary>Chooses a representation by the Accept field (RFC 9110 §12.5.1).</summary>
internal static class Negotiation
{
    private static readonly string[] Json = ["application/json"];

    // RFC 9457 §3 and appendix B.
    private static readonly MediaTypeHeaderValue[] Problems = [new("application/problem+json"), new("application/problem+xml")];

    public static IReadOnlyList<string> OffersOf(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<RepresentationsAttribute>()?.MediaTypes ?? Json;

    /// <summary>The offer that the client prefers, the earlier one if there is a tie; null if none is acceptable.</summary>
    public static string? Choose(HttpRequest request, IReadOnlyList<string> offers)
    {
        var accept = request.Headers.Accept;
        if (accept.Count == 0 || (accept.Count == 1 && (accept[0] is null or "" or "*/*" || accept[0] == offers[0])))
        {
            return offers[0];
        }

        var ranges = MediaTypeHeaderValue.TryParseList(accept, out var parsed) ? parsed : [];
        if (ranges.Count > 0 && ranges.All(IsForProblems))
        {
            return offers[0];
        }

        var best = offers.MaxBy(offer => Quality(new MediaTypeHeaderValue(offer), ranges));
        return best is not null && Quality(new MediaTypeHeaderValue(best), ranges) > 0 ? best : null;
    }

    // Such a range, which may be 'application/*+json', says how errors should look and not which representation to choose.
    private static bool IsForProblems(MediaTypeHeaderValue range) =>
        range.Suffix.HasValue && Array.Exists(Problems, problem => problem.IsSubsetOf(WithoutQuality(range)));

    // The most specific range decides, whatever the others say.
    private static double Quality(MediaTypeHeaderValue offer, IEnumerable<MediaTypeHeaderValue> ranges)
    {
        var range = ranges.Where(range => offer.IsSubsetOf(WithoutQuality(range))).MaxBy(Specificity);
        return range is null ? 0 : range.Quality ?? 1;
    }

    private static int Specificity(MediaTypeHeaderValue range) => range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2;

    private static MediaTypeHeaderValue WithoutQuality(MediaTypeHeaderValue range) => new(range.MediaType);
}
