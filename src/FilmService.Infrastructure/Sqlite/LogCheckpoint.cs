using System.Diagnostics;
using FilmService.Infrastructure.Sqlite.Native;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>
/// Copies the write-ahead log to the database file, between transactions. SQLite would do it inside COMMIT: the changes would be
/// visible to readers, and durable, while their writers would have to wait until the complete log has been copied.
/// </summary>
internal sealed partial class LogCheckpoint(SqliteConnection connection, ILogger logger) : IDisposable
{
    /// <summary>Bytes of a log that is large: about what is written between two checkpoints.</summary>
    public const int MaxBytes = 40 << 20;

    private const int MaxFrames = MaxBytes / 4096;

    // How long to wait after a list was asked, before the next one is.
    private const int StepMilliseconds = 10;

    // Readers that end by themselves or on request can overlap. Writers should wait no longer than 200 ms for them in all, and not at all
    // for a large list: while the log is large, the next checkpoint follows soon, and writers go on between the two.
    private const int LongestMilliseconds = 150;

    private readonly SqliteCommand _move = connection.Prepare("PRAGMA wal_checkpoint(PASSIVE)");
    private readonly SqliteCommand _reset = connection.Prepare("PRAGMA wal_checkpoint(RESTART)");
    private long _failures;
    private readonly SqliteCommand _patience = connection.Prepare("PRAGMA busy_timeout");

    /// <summary>The snapshots of lists, any of which keeps the log from being reset.</summary>
    public HeldSnapshots Held { get; } = new();

    /// <summary>True when readers kept a large log from being reset last time: checkpoint again soon, which also slows writers down.</summary>
    public bool IsLarge { get; private set; }

    /// <summary>How many runs have failed.</summary>
    public long Failures => Volatile.Read(ref _failures);

    /// <summary>True while every run fails.</summary>
    public bool IsFailing { get; private set; }

    /// <summary>
    /// Waits for readers only if the log is large. If it fails, for example on a full disk, the log stays as it is and the next run
    /// tries again.
    /// </summary>
    public void Run()
    {
        try
        {
            IsLarge = Move() > MaxFrames && !TryReclaim();
            NoteSuccess();
        }
        catch (SqliteException exception)
        {
            Interlocked.Increment(ref _failures);
            NoteFailure(exception);
        }
    }

    private void NoteSuccess()
    {
        if (IsFailing)
        {
            IsFailing = false;
            LogRecovered();
        }
    }

    private void NoteFailure(SqliteException exception)
    {
        if (!IsFailing)
        {
            IsFailing = true;
            LogFailure(SqliteFailure.Describe(exception), exception.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The write-ahead log cannot be moved to the database: {Reason} ({Error}) It grows until that is solved")]
    private partial void LogFailure(string reason, string error);

    [LoggerMessage(Level = LogLevel.Information, Message = "The write-ahead log is moved to the database again")]
    private partial void LogRecovered();

    // The frames in the log, moved or not. SQLite resets it with the next write, unless somebody still reads it.
    private long Move()
    {
        using var row = _move.ExecuteReader();
        row.Read();
        return row.GetInt64(1);
    }

    // Nothing is written meanwhile: readers that begin once everything is moved do not use the log, so those that do come to an end,
    // even if they overlap.
    private bool TryReclaim()
    {
        var begin = Stopwatch.StartNew();
        var isReset = TryReset();
        while (!isReset && begin.ElapsedMilliseconds < LongestMilliseconds && Held.RequestOldest())
        {
            isReset = TryReset();
        }

        return isReset;
    }

    private bool TryReset()
    {
        var patience = _patience.ExecuteScalar();
        connection.Execute($"PRAGMA busy_timeout={StepMilliseconds}");
        try
        {
            return _reset.ExecuteScalar() is 0L;
        }
        finally
        {
            connection.Execute($"PRAGMA busy_timeout={patience}");
        }
    }

    public void Dispose()
    {
        _move.Dispose();
        _reset.Dispose();
        _patience.Dispose();
    }
}
