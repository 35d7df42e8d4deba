using System.Threading.RateLimiting;
using FilmService.Api.Access.Authentication;
using FilmService.Api.Http.Problems;

namespace FilmService.Api.RateLimiting;

/// <summary>How much of one kind of work may be in progress.</summary>
/// <param name="AtOnce">In all.</param>
/// <param name="PerCaller">For one caller.</param>
public sealed record SlotLimits(int AtOnce, int PerCaller);

/// <summary>
/// Limits work that is expensive: how much is in progress at the same time, in all and for one caller. Others wait for a few seconds,
/// which occupies no thread. Callers who are not logged in leave the slots of one caller to those who are.
/// </summary>
internal sealed class QueuedSlots(SlotLimits limits, ProblemType tooMany, string what, TimeProvider clock) : IDisposable
{
    public const int MaxWaitingPerCaller = 100;
    public const int MaxWaiting = 1_000;

    /// <summary>How long a request waits for a slot, and then how long its client should.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly PartitionedRateLimiter<CountedCaller> _ofCallers = PartitionedRateLimiter.Create<CountedCaller, CountedCaller>(
        caller => RateLimitPartition.GetConcurrencyLimiter(caller, _ => Options(limits.PerCaller, MaxWaitingPerCaller)));

    private readonly ConcurrencyLimiter _anonymous = new(Options(Math.Max(1, limits.AtOnce - limits.PerCaller), MaxWaiting));
    private readonly ConcurrencyLimiter _all = new(Options(limits.AtOnce, MaxWaiting));

    private long _refusals;

    /// <summary>The number of slots in use.</summary>
    public long Used => limits.AtOnce - _all.GetStatistics()!.CurrentAvailablePermits;

    /// <summary>The number of requests that got no slot.</summary>
    public long Refusals => Volatile.Read(ref _refusals);

    /// <summary>
    /// Acquires a slot; dispose the result to release it, once or more often. A flood is refused by result: exceptions cost more than
    /// everything else about a refused request.
    /// </summary>
    public async ValueTask<QueuedSlot> AcquireAsync(HttpContext context)
    {
        var slot = new QueuedSlot();
        try
        {
            slot.Refusal = await TryFillAsync(slot, context);
        }
        finally
        {
            slot.DisposeUnlessFilled();
        }

        return slot;
    }

    private async ValueTask<Problem?> TryFillAsync(QueuedSlot slot, HttpContext context)
    {
        using var patience = new Patience(clock, context.RequestAborted);
        var caller = CountedCaller.Of(context);
        if (!slot.Add(await TakeAsync(_ofCallers.AttemptAcquire(caller), token => _ofCallers.AcquireAsync(caller, 1, token), patience)))
        {
            return Refused(tooMany, $"At most {limits.PerCaller} {what} of one caller run at the same time; the others wait for {LongestWait.TotalSeconds} seconds.");
        }

        var isIn = caller.IsLoggedIn || slot.Add(await TakeAsync(_anonymous.AttemptAcquire(), token => _anonymous.AcquireAsync(1, token), patience));
        slot.IsFilled = isIn && slot.Add(await TakeAsync(_all.AttemptAcquire(), token => _all.AcquireAsync(1, token), patience));
        return slot.IsFilled ? null : Refused(RateLimitProblems.Busy, $"The service is running as many {what} of all callers as it can.");
    }

    // Returns null if there was none in time, or too many requests wait already.
    private static async ValueTask<RateLimitLease?> TakeAsync(RateLimitLease atOnce, Func<CancellationToken, ValueTask<RateLimitLease>> wait, Patience patience)
    {
        if (atOnce.IsAcquired)
        {
            return atOnce;
        }

        try
        {
            return await wait(patience.Token) is { IsAcquired: true } lease ? lease : null;
        }
        catch (OperationCanceledException) when (!patience.IsAborted)
        {
            return null;
        }
    }

    private static ConcurrencyLimiterOptions Options(int permits, int queue) => new() { PermitLimit = permits, QueueLimit = queue };

    private Problem Refused(ProblemType type, string detail)
    {
        Interlocked.Increment(ref _refusals);
        return new(type, $"{detail} Try again in {LongestWait.TotalSeconds} seconds.")
        {
            Fields = new Dictionary<string, string> { ["Retry-After"] = $"{LongestWait.TotalSeconds}" },
        };
    }

    public void Dispose()
    {
        _ofCallers.Dispose();
        _anonymous.Dispose();
        _all.Dispose();
    }

    /// <summary>How long one request waits for all that it needs; only one that has to wait starts a timer.</summary>
    private sealed class Patience(TimeProvider clock, CancellationToken aborted) : IDisposable
    {
        private CancellationTokenSource? _timer;
        private CancellationTokenSource? _end;

        public bool IsAborted => aborted.IsCancellationRequested;

        public CancellationToken Token
        {
            get
            {
                _timer ??= new CancellationTokenSource(LongestWait, clock);
                _end ??= CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, aborted);
                return _end.Token;
            }
        }

        public void Dispose()
        {
            _end?.Dispose();
            _timer?.Dispose();
        }
    }
}
