using FilmService.Domain.Health;
using FilmService.Domain.Writing;

namespace FilmService.Api.Health;

/// <summary>
/// Runs the readiness checks at most once a second, however many ask. A check that takes longer, because an import is running, is not
/// waited for: until then, its last result is used.
/// </summary>
public sealed partial class Readiness(IEnumerable<IReadinessCheck> checks, ILogger<Readiness> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // Nothing waits longer for an import.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(40);

    private static readonly Dictionary<string, string> None = [];

    private readonly Lock _gate = new();
    private Task<Dictionary<string, string>>? _running;
    private long _beganAt;
    private Dictionary<string, string> _last = None;

    /// <summary>The checks that fail, and why; empty if the service is ready.</summary>
    public async Task<IReadOnlyDictionary<string, string>> FindFailuresAsync()
    {
        var running = Begin();
        await Task.WhenAny(running, Task.Delay(Patience));
        return running.IsCompleted ? await running : SinceBegin > LongestWait ? new Dictionary<string, string> { ["writes"] = "The database does not answer." } : _last;
    }

    private TimeSpan SinceBegin => TimeSpan.FromMilliseconds(Environment.TickCount64 - Volatile.Read(ref _beganAt));

    private Task<Dictionary<string, string>> Begin()
    {
        lock (_gate)
        {
            if (_running is null || (_running.IsCompleted && SinceBegin >= Interval))
            {
                _beganAt = Environment.TickCount64;
                _running = RunAsync();
            }

            return _running;
        }
    }

    private async Task<Dictionary<string, string>> RunAsync()
    {
        var results = await Task.WhenAll(checks.Select(async check => (check.Name, Failure: await FindFailureAsync(check))));
        var failures = results.Where(result => result.Failure is not null).ToDictionary(result => result.Name, result => result.Failure!);
        LogChange(failures);
        return _last = failures;
    }

    private async Task<string?> FindFailureAsync(IReadinessCheck check)
    {
        try
        {
            await check.RunAsync(CancellationToken.None);
            return null;
        }
        catch (CatalogUnavailableException exception)
        {
            return exception.Message;
        }
        catch (Exception exception)
        {
            LogDefect(exception, check.Name);
            return "The check itself failed; the log has the reason.";
        }
    }

    private void LogChange(Dictionary<string, string> failures)
    {
        if (failures.Count > 0 && !failures.Keys.SequenceEqual(_last.Keys))
        {
            LogNotReady(string.Join(" ", failures.Select(failure => $"{failure.Key}: {failure.Value}")));
        }
        else if (failures.Count == 0 && _last.Count > 0)
        {
            LogReady();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Not ready: {Failures}")]
    private partial void LogNotReady(string failures);

    [LoggerMessage(Level = LogLevel.Information, Message = "Ready again")]
    private partial void LogReady();

    [LoggerMessage(Level = LogLevel.Error, Message = "The readiness check {Check} failed")]
    private partial void LogDefect(Exception exception, string check);
}
