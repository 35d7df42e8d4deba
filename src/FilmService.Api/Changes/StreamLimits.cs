namespace FilmService.Api.Changes;

/// <summary>Limits on open event streams.</summary>
public sealed record StreamLimits
{
    /// <summary>Maximum number of concurrent streams.</summary>
    public int MaxStreams { get; init; } = 10_000;

    /// <summary>Maximum number of concurrent streams of all callers without a login; the rest is kept for the others.</summary>
    public int MaxAnonymousStreams { get; init; } = 8_000;

    /// <summary>Maximum number of concurrent streams per caller, or per address without a login.</summary>
    public int MaxStreamsPerCaller { get; init; } = 2_000;

    /// <summary>After this long without a change, a comment keeps the connections open.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>A client that reads nothing for this long is disconnected; it can resume where it was.</summary>
    public TimeSpan MaxStall { get; init; } = TimeSpan.FromSeconds(20);
}
