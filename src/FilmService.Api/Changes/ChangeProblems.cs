using FilmService.Api.Http.Problems;

namespace FilmService.Api.Changes;

internal static class ChangeProblems
{
    public static readonly ProblemType TooManyStreams = new(
        "too-many-streams", 429, "Too many streams",
        "The caller, or all callers together, have reached the maximum number of open event streams.",
        ["The client opens streams and does not close them."],
        "curl -i http://127.0.0.1:5000/changes");

    public static readonly IReadOnlyList<ProblemType> All = [TooManyStreams];
}
