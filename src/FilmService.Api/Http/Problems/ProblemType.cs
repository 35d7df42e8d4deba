namespace FilmService.Api.Http.Problems;

/// <summary>A kind of error that clients can meet, explained in words at <c>/problems/{slug}</c>.</summary>
/// <param name="Slug">The last part of the problem's <c>type</c> (RFC 9457 §3.1.1).</param>
/// <param name="Status">The HTTP status code.</param>
/// <param name="Title">A short summary, the same for every occurrence.</param>
/// <param name="Explanation">What it means, for a person.</param>
/// <param name="Causes">What usually leads to it.</param>
/// <param name="Remedy">A curl line that does it right.</param>
public sealed record ProblemType(string Slug, int Status, string Title, string Explanation, IReadOnlyList<string> Causes, string Remedy)
{
    /// <summary>The problem's <c>type</c>: a relative reference that opens on this instance.</summary>
    public string Uri { get; } = "/problems/" + Slug;
}
