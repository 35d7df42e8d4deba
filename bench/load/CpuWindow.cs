using System.Diagnostics;
using System.Globalization;

namespace FilmService.Load;

/// <summary>CPU time of the server's processes and of this one between two moments.</summary>
internal sealed class CpuWindow(int[] pids)
{
    /// <summary>Linux tells CPU time in hundredths of a second, see proc_pid_stat(5).</summary>
    private const double TicksPerSecond = 100;

    private Reading first;
    private Reading last;

    public bool IsOpen { get; private set; }

    public double Seconds => Stopwatch.GetElapsedTime(first.At, last.At).TotalSeconds;

    public double ServerSeconds => last.Server - first.Server;

    public double OwnSeconds => last.Own - first.Own;

    public void Open() => (first, IsOpen) = (Read(), true);

    /// <summary>The first call counts.</summary>
    public void Close() => last = last.At == 0 ? Read() : last;

    private Reading Read() => new(
        Stopwatch.GetTimestamp(),
        pids.Sum(Ticks) / TicksPerSecond,
        Environment.CpuUsage.TotalTime.TotalSeconds);

    private static long Ticks(int pid)
    {
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return Parse(fields[11]) + Parse(fields[12]);
    }

    private static long Parse(string field) => long.Parse(field, CultureInfo.InvariantCulture);

    private readonly record struct Reading(long At, double Server, double Own);
}
