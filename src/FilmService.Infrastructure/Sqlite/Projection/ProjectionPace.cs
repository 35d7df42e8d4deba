namespace FilmService.Infrastructure.Sqlite.Projection;

/// <summary>
/// Limits how many changes the read model may lag behind, so that projecting them takes no longer than a write or a list may
/// wait. The cost of a change varies by a factor of ten, with the size of the catalogue, the number of changes projected
/// together, and whether names change, so it is measured.
/// </summary>
internal sealed class ProjectionPace
{
    public static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(20);

    // Fewer would cost more to commit than to project.
    private const int Fewest = 128;

    // Below this, the measurement shows the cost of the commit rather than of the changes.
    private const int FewestMeasured = 64;

    private const double Weight = 0.25;

    private double _microseconds = 30;

    public int Changes => Math.Clamp((int)(Longest.TotalMicroseconds / _microseconds), Fewest, FilmProjection.Batch);

    /// <summary>Records how long it took to project this many changes.</summary>
    public void Record(int changes, TimeSpan took)
    {
        if (changes >= FewestMeasured)
        {
            _microseconds += Weight * ((took.TotalMicroseconds / changes) - _microseconds);
        }
    }
}
