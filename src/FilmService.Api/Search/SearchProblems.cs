using FilmService.Api.Http.Problems;
using FilmService.Domain.Writing;

namespace FilmService.Api.Search;

internal static class SearchProblems
{
    public static readonly ProblemType TooManyQueries = new(
        "too-many-queries", 429, "Too many queries",
        "The caller, or an address without a login, has as many queries running as one caller may (the setting Queries:MaxAtOncePerCaller), and none of them ended within a few seconds. Nothing was done. Retry-After says when to try again. Films can still be read by id.",
        ["A program sends many searches at the same time instead of one after another.", "Many clients share an address, and none of them logs in."],
        "curl -i 'http://127.0.0.1:5000/films?limit=20&name.startsWith=ant'");

    public static readonly ProblemType TooManyExports = new(
        "too-many-exports", 429, "Too many exports",
        "The caller, or an address without a login, has as many exports open as one caller may (the setting Exports:MaxAtOncePerCaller), and none of them ended within a few seconds. A list without 'limit' of more than 1,000 films is an export, in every format. Nothing was done. Retry-After says when to try again.",
        ["Earlier exports are still being read: read them to the end, or close their connections.", "A page is enough: request one with 'limit'."],
        "curl -i 'http://127.0.0.1:5000/films?limit=20'");

    public static readonly ProblemType QueryTimeout = new(
        "query-timeout", 503, "The query takes too long",
        "The database has worked on the query for as long as the service allows (the settings Queries:Timeout and Exports:Timeout), or has sorted as much as it may (a share of the setting Exports:MaxSpooledBytes), and was stopped. The same query will probably take as long again: narrow it first. Films can still be read by id, and written.",
        ["A sort of a complete list, without 'limit', that no index helps.", "Conditions that few films meet, with a sort that none of them helps.", "'count=true' counts all matches: leave it out.", "A condition with an index is missing: 'year', 'released', 'name', 'name.startsWith' and 'q' have one."],
        "curl -i 'http://127.0.0.1:5000/films?limit=20&year=2018&name.contains=man'");

    public static readonly IReadOnlyList<ProblemType> All = [TooManyQueries, TooManyExports, QueryTimeout];

    private const string RetryAfterSeconds = "60";

    /// <summary>The problem of a query that was stopped; null for other exceptions.</summary>
    public static Problem? Of(Exception exception) => exception switch
    {
        QueryTimeoutException timeout => Stopped($"has worked on this query for {(timeout.Time == TimeSpan.FromSeconds(1) ? "a second" : $"{timeout.Time.TotalSeconds} seconds")}"),
        QueryTooLargeException => Stopped("has sorted as many films for this query as Exports:MaxSpooledBytes allows"),
        _ => null,
    };

    private static Problem Stopped(string why) => new(
        QueryTimeout, $"The database {why} and was stopped. Narrow it: add a condition such as 'year', 'released', 'name.startsWith' or 'q', and leave out 'count' and 'sort'.")
    {
        Fields = new Dictionary<string, string> { ["Retry-After"] = RetryAfterSeconds },
    };
}
