namespace FilmService.Infrastructure.Sqlite.Projection;

/// <summary>
/// How many changes the read model may lag behind, so that projecting them takes no longer than a write or a list may wait for it.
/// What a change costs differs by a factor of ten: with the size of the catalogue, with how many change together, and with whether
/// names change. So it is measured.
/// </summary>
internal sealed class ProjectionPace
{
    public static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(30);

    // Fewer would cost more to commit than to project.
    private const int Fewest = 128;

    // Below this, a measurement tells more about the commit than about the changes.
    private const int FewestMeasured = 64;

    private const double Weight = 0.25;

    private double _microseconds = 30;

    public int Changes => Math.Clamp((int)(Longest.TotalMicroseconds / _microseconds), Fewest, FilmProjection.Batch);

    /// <summary>Takes in how long so many changes took.</summary>
    public void Record(int changes, TimeSpan took)
    {
        if (changes >= FewestMeasured)
        {
            _microseconds += Weight * ((took.TotalMicroseconds / changes) - _microseconds);
        }
    }
}
