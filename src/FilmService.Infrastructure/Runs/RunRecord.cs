using FilmService.Domain.Films;

namespace FilmService.Infrastructure.Runs;

/// <summary>
/// What was noted beside a database about the process that used it last, to recognise another copy of the database in its place.
/// </summary>
/// <param name="Runs">
/// The ids that the database may have: that of its last run, and until a run has begun, the one before it too. A database that has
/// never had one has the empty id.
/// </param>
/// <param name="Newest">A recent revision; null if none has been noted.</param>
/// <param name="LastGeneratedId">The counter of generated ids at that revision.</param>
internal sealed record RunRecord(IReadOnlyList<string> Runs, Revision? Newest, long LastGeneratedId)
{
    public const string NoRun = "";

    public static RunRecord Empty { get; } = new([], null, 0);

    /// <summary>Why a database is another one than noted, or an older copy; null if it is the same.</summary>
    /// <param name="noted">Null if there is no file.</param>
    /// <param name="run">The id in the database.</param>
    public static string? FindDifference(RunRecord? noted, string run, Revision head) =>
        noted is null ? run == NoRun ? null : "the file beside it, which names its last run, is missing"
        : !noted.Runs.Contains(run) ? "it is not the database that was used here last"
        : noted.Newest is { } newest && newest.Epoch == head.Epoch && newest.Number > head.Number ? $"it ends at revision {head}, but {newest} had been reached"
        : null;
}
