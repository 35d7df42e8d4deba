using FilmService.Api.Http.Problems;

namespace FilmService.Api.RateLimiting;

internal static class RateLimitProblems
{
    public static readonly ProblemType TooManyRequests = new(
        "too-many-requests", 429, "Too many requests",
        "The caller, or an address without a login, has sent more requests in a minute than the rate limit allows. Nothing was done. Retry-After says when to try again; RateLimit-Policy and RateLimit in every response report the limit and how much of it is left.",
        ["A program polls in a loop; /changes would report what is new.", "Many clients share an address, and none of them logs in."],
        "curl -i http://127.0.0.1:5000/films");

    public static readonly ProblemType Busy = new(
        "busy", 503, "The service is busy",
        "As many queries or exports of all callers are running as the service allows (the settings Queries:MaxAtOnce and Exports:MaxAtOnce), and none of them ended within a few seconds. Nothing was done. Retry-After says when to try again. Films can still be read by id, and written.",
        ["Many clients search or export at the same time.", "Clients who are not logged in are refused before the others: log in."],
        "curl -i 'http://127.0.0.1:5000/films?limit=20'");

    public static readonly IReadOnlyList<ProblemType> All = [TooManyRequests, Busy];
}
