using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>Logs how far long work at start-up has come: once when it begins, then every few seconds.</summary>
internal sealed partial class Progress(ILogger logger, string work)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    private long _logged = Stopwatch.GetTimestamp();
    private long _done;

    /// <param name="count">How much there is to do.</param>
    /// <param name="unit">Of what.</param>
    public void Begin(long count, string unit)
    {
        (_logged, _done) = (Stopwatch.GetTimestamp(), 0);
        LogBegin(work, count, unit);
    }

    /// <summary>One more is done.</summary>
    /// <param name="total">Of how many; 0 if that is not known.</param>
    public void Add(long total) => AddUpTo(_done + 1, total);

    /// <summary>So many are done.</summary>
    public void AddUpTo(long done, long total)
    {
        _done = done;
        if (Stopwatch.GetElapsedTime(_logged) < Interval)
        {
            return;
        }

        _logged = Stopwatch.GetTimestamp();
        LogStep(work, done, total > 0 ? $" ({100 * Math.Min(done, total) / total} %)" : "");
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Work}: {Count} {Unit}")]
    private partial void LogBegin(string work, long count, string unit);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Work}: {Done} done{Percent}")]
    private partial void LogStep(string work, long done, string percent);
}
