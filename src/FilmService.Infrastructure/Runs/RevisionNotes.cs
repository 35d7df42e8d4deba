using FilmService.Domain.Writing;
using Microsoft.Extensions.Logging;

namespace FilmService.Infrastructure.Runs;

/// <summary>Notes the newest revision beside the database, every second if it has changed, and when the database is closed.</summary>
internal sealed partial class RevisionNotes : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly BegunRun _run;
    private readonly Func<CatalogHead> _head;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private readonly ITimer _timer;
    private CatalogHead? _noted;
    private bool _isFailing;

    /// <param name="run">The current run, whose file this closes.</param>
    /// <param name="head">Returns the head as of the last commit.</param>
    public RevisionNotes(BegunRun run, Func<CatalogHead> head, TimeProvider clock, ILogger logger)
    {
        (_run, _head, _logger, _noted) = (run, head, logger, head());
        _timer = clock.CreateTimer(_ => Note(), null, Interval, Interval);
    }

    /// <summary>Notes the newest revision and closes the file.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        Note();
        lock (_lock)
        {
            _noted = null;
            _run.Dispose();
        }
    }

    private void Note()
    {
        lock (_lock)
        {
            if (_noted is not null && _head() is var head && head != _noted)
            {
                TryNote(head);
            }
        }
    }

    private void TryNote(CatalogHead head)
    {
        try
        {
            _run.Note(head);
            (_noted, _isFailing) = (head, false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (!_isFailing)
            {
                LogFailure(exception);
            }

            _isFailing = true;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Cannot note the newest revision beside the database; trying again every second")]
    private partial void LogFailure(Exception exception);
}

/// <summary>The run that uses a database now.</summary>
/// <param name="id">The id that is in the database.</param>
internal sealed class BegunRun(RunFile file, string id) : IDisposable
{
    public void Note(CatalogHead head) => file.Save(new RunRecord([id], head.Revision, head.LastGeneratedId));

    public void Dispose() => file.Dispose();
}
