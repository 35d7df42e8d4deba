namespace FilmService.Api.Http.Problems;

/// <summary>A type of problem that clients can receive, explained at <c>/problems/{slug}</c>.</summary>
/// <param name="Slug">The last segment of the problem's <c>type</c> (RFC 9457 §3.1.1).</param>
/// <param name="Title">A short summary, the same for every occurrence.</param>
/// <param name="Explanation">What it means, for people to read.</param>
/// <param name="Causes">The usual causes.</param>
/// <param name="Remedy">A curl command that shows a correct request.</param>
public sealed record ProblemType(string Slug, int Status, string Title, string Explanation, IReadOnlyList<string> Causes, string Remedy)
{
    /// <summary>The problem's <c>type</c>: a relative reference that opens on this instance.</summary>
    public string Uri { get; } = "/problems/" + Slug;
}
