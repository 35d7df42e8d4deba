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

    private static double Quantile(List<long> sorted, double share)
    {
        var index = (int)Math.Ceiling(share * sorted.Count) - 1;
        return sorted[index] * 1000.0 / Stopwatch.Frequency;
    }
}
