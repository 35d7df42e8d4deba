using System.Threading.RateLimiting;
using FilmService.Api.Access.Authentication;

namespace FilmService.Api.Changes;

/// <summary>
/// Limits the number of open streams: in total, of callers without a login together, and per caller. So no number of addresses
/// can take the places of those who are logged in.
/// </summary>
internal sealed class StreamPlaces(StreamLimits limits) : IDisposable
{
    private readonly PartitionedRateLimiter<CountedCaller> _places = PartitionedRateLimiter.CreateChained(
        LimiterOf(_ => 0, _ => limits.MaxStreams),
        LimiterOf(caller => caller.IsLoggedIn, caller => caller.IsLoggedIn ? limits.MaxStreams : limits.MaxAnonymousStreams),
        LimiterOf(caller => caller, _ => limits.MaxStreamsPerCaller));

    /// <summary>
    /// Acquires a slot; dispose the lease to release it. Check whether it was acquired: it is not if none is free for the caller.
    /// </summary>
    public RateLimitLease Take(CountedCaller caller) => _places.AttemptAcquire(caller);

    public void Dispose() => _places.Dispose();

    private static PartitionedRateLimiter<CountedCaller> LimiterOf<T>(Func<CountedCaller, T> partition, Func<CountedCaller, int> most)
        where T : notnull => PartitionedRateLimiter.Create<CountedCaller, T>(
            caller => RateLimitPartition.GetConcurrencyLimiter(partition(caller), _ => new ConcurrencyLimiterOptions { PermitLimit = most(caller) }));
}
