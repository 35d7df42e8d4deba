using FilmService.Api.Http.Problems;

namespace FilmService.Api.RateLimiting;

/// <summary>The kinds of error of a caller who sends too much.</summary>
internal static class RateLimitProblems
{
    public static readonly ProblemType TooManyRequests = new(
        "too-many-requests", 429, "Too many requests",
        "The caller, or an address without log-in, has sent more requests in a minute than the service answers. Nothing was done. Retry-After says when to try again; RateLimit-Policy and RateLimit in every answer tell the limit and what is left of it.",
        ["A program asks in a loop, where /changes would tell what is new.", "Many clients share an address, and none logs in."],
        "curl -i http://127.0.0.1:5000/films");

    public static readonly IReadOnlyList<ProblemType> All = [TooManyRequests];
}
