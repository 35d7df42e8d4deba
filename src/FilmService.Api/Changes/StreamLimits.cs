namespace FilmService.Api.Changes;

/// <summary>What open streams of changes may cost.</summary>
public sealed record StreamLimits
{
    /// <summary>The most streams at a time.</summary>
    public int MaxStreams { get; init; } = 10_000;

    /// <summary>The most streams of one caller at a time.</summary>
    public int MaxStreamsPerCaller { get; init; } = 2_000;

    /// <summary>After so long without a change, a comment keeps the connections open.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>A reader that takes nothing for so long is dropped; it can resume where it was.</summary>
    public TimeSpan MaxStall { get; init; } = TimeSpan.FromSeconds(20);
}
