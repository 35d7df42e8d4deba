using System.Threading.RateLimiting;

namespace FilmService.Api.Changes;

/// <summary>Limits the number of open streams, in total and per caller.</summary>
internal sealed class StreamPlaces(StreamLimits limits) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _places = PartitionedRateLimiter.CreateChained(
        LimiterOf(limits.MaxStreams, _ => ""), LimiterOf(limits.MaxStreamsPerCaller, caller => caller));

    /// <summary>
    /// Acquires a slot; dispose the lease to release it. Check whether it was acquired: it is not if none is free for the caller.
    /// </summary>
    public RateLimitLease Take(string caller) => _places.AttemptAcquire(caller);

    /// <summary>True if this caller has no open stream.</summary>
    public bool HasNone(string caller) =>
        _places.GetStatistics(caller) is not { CurrentAvailablePermits: var left } || left == Math.Min(limits.MaxStreams, limits.MaxStreamsPerCaller);

    public void Dispose() => _places.Dispose();

    private static PartitionedRateLimiter<string> LimiterOf(int most, Func<string, string> partition) => PartitionedRateLimiter.Create<string, string>(
        caller => RateLimitPartition.GetConcurrencyLimiter(partition(caller), _ => new ConcurrencyLimiterOptions { PermitLimit = most }));
}
