using FilmService.Api.Http.Problems;

namespace FilmService.Api.Changes;

/// <summary>The kinds of error that the changes answer with.</summary>
internal static class ChangeProblems
{
    public static readonly ProblemType TooManyStreams = new(
        "too-many-streams", 429, "Too many streams",
        "The caller, or all callers together, have as many open streams of changes as the service keeps.",
        ["Streams are opened and not closed."],
        "curl -i http://127.0.0.1:5000/changes");

    public static readonly IReadOnlyList<ProblemType> All = [TooManyStreams];
}
