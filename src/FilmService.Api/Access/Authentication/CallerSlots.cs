using System.Threading.RateLimiting;

namespace FilmService.Api.Access.Authentication;

/// <summary>
/// Slots for something that takes long: a number in total, a part of them for all callers without a login together, and a share
/// for each caller.
/// </summary>
internal sealed class CallerSlots : IDisposable
{
    private readonly PartitionedRateLimiter<CountedCaller> _all;
    private readonly PartitionedRateLimiter<CountedCaller> _slots;
    private readonly int _total;

    /// <param name="total">The number of slots.</param>
    /// <param name="anonymous">How many of them callers without a login can have together.</param>
    /// <param name="perCaller">How many of them one caller can have.</param>
    public CallerSlots(int total, int anonymous, int perCaller)
    {
        (_total, _all) = (total, LimiterOf(_ => 0, _ => total));
        _slots = PartitionedRateLimiter.CreateChained(
            _all, LimiterOf(caller => caller.IsLoggedIn, caller => caller.IsLoggedIn ? total : anonymous), LimiterOf(caller => caller, _ => perCaller));
    }

    /// <summary>The number of slots in use.</summary>
    public long Used => _total - _all.GetStatistics(default)!.CurrentAvailablePermits;

    /// <summary>Acquires a slot; dispose the lease to release it. Check whether it was acquired: it is not if none is free for the caller.</summary>
    public RateLimitLease Take(CountedCaller caller) => _slots.AttemptAcquire(caller);

    public void Dispose() => _slots.Dispose();

    private static PartitionedRateLimiter<CountedCaller> LimiterOf<T>(Func<CountedCaller, T> partition, Func<CountedCaller, int> most)
        where T : notnull => PartitionedRateLimiter.Create<CountedCaller, T>(
            caller => RateLimitPartition.GetConcurrencyLimiter(partition(caller), _ => new ConcurrencyLimiterOptions { PermitLimit = most(caller) }));
}
