using Cronos;
using FilmService.Domain.Backups;

namespace FilmService.Api.Backups;

/// <summary>Makes the scheduled backups.</summary>
internal sealed partial class BackupSchedule(BackupDirectory backups, BackupStatus status, BackupSettings settings, TimeProvider clock, ILogger<BackupSchedule> logger)
    : BackgroundService
{
    // A timer cannot wait for longer than 49 days.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Listing the folder may take long, if it is on another machine.
        await Task.Yield();
        Begin();
        if (settings.Schedule is { } schedule)
        {
            while (await WaitAsync(schedule, stoppingToken))
            {
                await CreateAsync(stoppingToken);
            }
        }
    }

    private void Begin()
    {
        try
        {
            backups.Begin();
        }
        catch (BackupFailedException exception)
        {
            LogUnavailable(exception);
        }
    }

    // False if it never occurs again.
    private async Task<bool> WaitAsync(CronExpression schedule, CancellationToken stoppingToken)
    {
        if (schedule.GetNextOccurrence(clock.GetUtcNow().UtcDateTime) is not { } next)
        {
            return false;
        }

        while (next - clock.GetUtcNow().UtcDateTime is var wait && wait > TimeSpan.Zero)
        {
            await Task.Delay(wait < LongestWait ? wait : LongestWait, clock, stoppingToken);
        }

        return true;
    }

    private async Task CreateAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (await backups.CreateAsync(stoppingToken) is { } backup)
            {
                LogBackup(backup.Name, backup.Films, backup.Bytes);
            }
            else
            {
                LogBusy();
            }
        }
        catch (BackupFailedException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopped();
        }
        catch (BackupFailedException exception)
        {
            status.Failed();
            LogFailure(exception, exception.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The scheduled backup {Name} was made and verified: {Films} films, {Bytes} bytes")]
    private partial void LogBackup(string name, long? films, long bytes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A scheduled backup was left out, because another one is being made")]
    private partial void LogBusy();

    [LoggerMessage(Level = LogLevel.Warning, Message = "A scheduled backup was given up, because the service stops")]
    private partial void LogStopped();

    [LoggerMessage(Level = LogLevel.Error, Message = "The scheduled backup failed. {Reason}")]
    private partial void LogFailure(Exception exception, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The folder of the backups cannot be read")]
    private partial void LogUnavailable(Exception exception);
}
