using System.Diagnostics;

namespace FilmService.Load;

/// <summary>
/// When requests are due, and which of them count. Closed loop: one is due whenever a connection is free, and
/// what is answered in the window counts. Open loop: they are due at a fixed rate, whether the server keeps up
/// or not, and all that are due in the window count, with their waiting for a connection.
/// </summary>
internal sealed class Schedule(LoadOptions options, long begin)
{
    private readonly double gap = options.Rate == 0 ? 0 : Stopwatch.Frequency / options.Rate;
    private int taken;

    public long Start { get; } = begin + Ticks(options.WarmUp);

    public long End { get; } = begin + Ticks(options.WarmUp + options.Seconds);

    public bool IsOpenLoop => gap > 0;

    public bool HasStarted { get; private set; }

    public bool IsOver { get; private set; }

    /// <summary>A closed loop goes on until every connection could have had an answer, however slow the server is.</summary>
    public void Advance(long now, int answers)
    {
        HasStarted = now >= Start;
        IsOver |= now >= End && (IsOpenLoop || answers >= options.Connections);
    }

    public bool TryTake(long now, out long due)
    {
        due = IsOpenLoop ? begin + (long)(taken * gap) : now;
        if (due > now || (IsOpenLoop ? due >= End : IsOver))
        {
            return false;
        }

        taken++;
        return true;
    }

    public bool Counts(long due) => IsOpenLoop ? due >= Start : HasStarted && !IsOver;

    private static long Ticks(double seconds) => (long)(seconds * Stopwatch.Frequency);
}
