using System.Collections.Concurrent;

namespace FilmService.Api.Tests.Search;

/// <summary>
/// A clock that the threads of long reads ask again and again while a statement runs: it can stop them there, or let time fly for them.
/// Timers fire a thousand times sooner than they should, so that no test waits for minutes, or when the test says so.
/// </summary>
internal sealed class ReaderClock : TimeProvider, IDisposable
{
    private const int Hurry = 1_000;

    private readonly ManualResetEventSlim _isOpen = new(true);
    private readonly TaskCompletionSource _isStopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<HeldTimer> _held = new();
    private long _passed;
    private int _asked;

    /// <summary>How far the clock advances whenever a reading thread asks.</summary>
    public TimeSpan Step { get; set; }

    /// <summary>True to hold the timers that are created from now on until <see cref="FireHeld"/> fires them.</summary>
    public bool HoldTimers { get; set; }

    /// <summary>How often reading threads have asked.</summary>
    public int Asked => Volatile.Read(ref _asked);

    /// <summary>Completes when a reading thread has been stopped.</summary>
    public Task Stopped => _isStopped.Task;

    /// <summary>Stops reading threads from now on.</summary>
    public void Stop() => _isOpen.Reset();

    /// <summary>Lets them go on.</summary>
    public void GoOn() => _isOpen.Set();

    public override long GetTimestamp()
    {
        if (Thread.CurrentThread.Name == "film reader")
        {
            Interlocked.Increment(ref _asked);
            Interlocked.Add(ref _passed, (long)(Step.TotalSeconds * TimestampFrequency));
            if (!_isOpen.IsSet)
            {
                _isStopped.TrySetResult();
                _isOpen.Wait();
            }
        }

        return base.GetTimestamp() + Volatile.Read(ref _passed);
    }

    /// <summary>Fires the held timers that were to fire after this time.</summary>
    public void FireHeld(TimeSpan due)
    {
        foreach (var timer in _held.Where(timer => timer.Due == due))
        {
            timer.Fire();
        }
    }

    /// <summary>The number of held timers that were to fire after this time and are still waited for.</summary>
    public int Held(TimeSpan due) => _held.Count(timer => timer.Due == due && !timer.IsOver);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (!HoldTimers)
        {
            return base.CreateTimer(callback, state, Sooner(dueTime), Sooner(period));
        }

        var held = new HeldTimer(callback, state, dueTime);
        _held.Enqueue(held);
        return held;
    }

    public void Dispose()
    {
        GoOn();
        _isOpen.Dispose();
    }

    private static TimeSpan Sooner(TimeSpan time) => time > TimeSpan.Zero ? TimeSpan.FromTicks(Math.Max(TimeSpan.TicksPerMillisecond, time.Ticks / Hurry)) : time;

    private sealed class HeldTimer(TimerCallback callback, object? state, TimeSpan due) : ITimer
    {
        private volatile bool _isOver;

        public TimeSpan Due => due;

        public bool IsOver => _isOver;

        public void Fire()
        {
            if (!_isOver)
            {
                callback(state);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => _isOver = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
