using System.Diagnostics;

namespace FilmService.Load;

/// <summary>
/// What one run measured: waiting in milliseconds, the server's CPU time in microseconds per request, and the
/// share of its own core that this program needed.
/// </summary>
internal sealed record LoadResult(
    int Requests,
    double PerSecond,
    double P50,
    double P99,
    double Max,
    double ServerCpu,
    double LoadCore)
{
    /// <summary>What the open streams received.</summary>
    public double StreamMegabytes { get; init; }

    /// <summary>The requests that counted, by the seconds until the last of them was answered. A server that does not keep up with a rate has fewer than were due.</summary>
    public double Sustained { get; init; }

    /// <summary>The longest time in milliseconds in which the work had no answer.</summary>
    public double Silence { get; init; }

    /// <summary>The requests at fixed intervals beside the work.</summary>
    public TimedResult[] Timed { get; init; } = [];

    public static LoadResult From(List<long> waits, CpuWindow cpu)
    {
        if (waits.Count == 0)
        {
            throw new LoadException("no answer came within the time");
        }

        waits.Sort();
        return new LoadResult(
            waits.Count,
            waits.Count / cpu.Seconds,
            Quantile(waits, 0.50),
            Quantile(waits, 0.99),
            Quantile(waits, 1),
            cpu.ServerSeconds * 1e6 / waits.Count,
            cpu.OwnSeconds / cpu.Seconds);
    }

    public static double Quantile(List<long> sorted, double share) => Milliseconds(sorted[(int)Math.Ceiling(share * sorted.Count) - 1]);

    public static double Milliseconds(long ticks) => ticks * 1000.0 / Stopwatch.Frequency;
}

/// <summary>What one <see cref="TimedRequest"/> measured, in milliseconds.</summary>
internal sealed record TimedResult(string Path, int Requests, double P50, double P99, double Max)
{
    public static TimedResult From(string path, List<long> waits)
    {
        if (waits.Count == 0)
        {
            throw new LoadException($"no answer came within the time for {path}");
        }

        waits.Sort();
        return new TimedResult(
            path, waits.Count, LoadResult.Quantile(waits, 0.50), LoadResult.Quantile(waits, 0.99), LoadResult.Quantile(waits, 1));
    }
}
