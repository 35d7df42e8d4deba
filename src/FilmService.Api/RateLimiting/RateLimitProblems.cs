using FilmService.Api.Http.Problems;

namespace FilmService.Api.RateLimiting;

internal static class RateLimitProblems
{
    public static readonly ProblemType TooManyRequests = new(
        "too-many-requests", 429, "Too many requests",
        "The caller, or an address without a login, has sent more requests in a minute than the rate limit allows. Nothing was done. Retry-After says when to try again; RateLimit-Policy and RateLimit in every response report the limit and how much of it is left.",
        ["A program polls in a loop; /changes would report what is new.", "Many clients share an address, and none of them logs in."],
        "curl -i http://127.0.0.1:5000/films");

    public static readonly IReadOnlyList<ProblemType> All = [TooManyRequests];
}
