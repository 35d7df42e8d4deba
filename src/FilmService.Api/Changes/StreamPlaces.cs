using System.Threading.RateLimiting;

namespace FilmService.Api.Changes;

/// <summary>The places of open streams, in all and of one caller.</summary>
internal sealed class StreamPlaces(StreamLimits limits) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _places = PartitionedRateLimiter.CreateChained(
        LimiterOf(limits.MaxStreams, _ => ""), LimiterOf(limits.MaxStreamsPerCaller, caller => caller));

    /// <summary>Takes a place; dispose it to give the place back. It is not acquired when there is none for the caller.</summary>
    public RateLimitLease Take(string caller) => _places.AttemptAcquire(caller);

    /// <summary>True while there is no stream of this caller.</summary>
    public bool HasNone(string caller) =>
        _places.GetStatistics(caller) is not { CurrentAvailablePermits: var left } || left == Math.Min(limits.MaxStreams, limits.MaxStreamsPerCaller);

    public void Dispose() => _places.Dispose();

    private static PartitionedRateLimiter<string> LimiterOf(int most, Func<string, string> partition) => PartitionedRateLimiter.Create<string, string>(
        caller => RateLimitPartition.GetConcurrencyLimiter(partition(caller), _ => new ConcurrencyLimiterOptions { PermitLimit = most }));
}
