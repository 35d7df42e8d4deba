using FilmService.Domain.Writing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>
/// Keeps a file of reserved space beside the database. When the disk is full, it is given up, so that what has been written can still be
/// projected and lists be answered; writes are refused until it can be reserved again. Only the writer uses it.
/// </summary>
/// <param name="path">The file.</param>
internal sealed partial class DiskSpace(string path, TimeProvider clock, ILogger logger)
{
    /// <summary>As much as a few projections and the log's index need.</summary>
    public const long ReservedBytes = 8 << 20;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private TimeSpan _pause = FirstPause;
    private long? _lastTry;
    private string? _refusal;

    /// <summary>True while writes are refused, and the space that is left is for the projection alone.</summary>
    public bool IsShort => _refusal is not null;

    /// <summary>Gives up the space, so that a database on a full disk can be opened.</summary>
    public void Release()
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogNotReleased(path, DiskFailure.Describe(exception));
        }
    }

    /// <summary>Reserves the space, or refuses writes.</summary>
    public void Reserve()
    {
        if (TryReserve() is { } reason)
        {
            Refuse(reason);
        }
    }

    /// <summary>Runs a part of a write.</summary>
    /// <exception cref="CatalogUnavailableException">The database cannot be written.</exception>
    public T Translate<T>(Func<T> work)
    {
        try
        {
            return SqliteFailure.Translate(work);
        }
        catch (CatalogUnavailableException exception) when (exception.InnerException is SqliteException cause && Note(cause))
        {
            throw Refusal(exception);
        }
    }

    /// <inheritdoc cref="Translate{T}"/>
    public ValueTask Translate(Action work) => Translate<ValueTask>(() =>
    {
        work();
        return default;
    });

    /// <summary>Call it before a write. It looks whether there is space again: at once, then at most once a second.</summary>
    /// <exception cref="CatalogUnavailableException">Writes are refused.</exception>
    public void EnsureWritable()
    {
        if (_refusal is not null && (_lastTry is not { } last || clock.GetElapsedTime(last) >= _pause))
        {
            Recover();
        }

        if (_refusal is not null)
        {
            throw Refusal(null);
        }
    }

    /// <summary>A write was committed.</summary>
    public void NoteWrite() => _pause = FirstPause;

    /// <summary>True if the error is a disk that cannot be written; the reserved space is then given up.</summary>
    public bool Note(SqliteException exception)
    {
        if (exception.SqliteErrorCode is not (raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_READONLY))
        {
            return false;
        }

        Refuse(SqliteFailure.Describe(exception));
        return true;
    }

    private void Refuse(string reason)
    {
        if (_refusal is null)
        {
            LogRefused(reason);
            Release();

            // An import that was too large has given its space back. If smaller writes fail as well, there is a pause.
            _lastTry = _pause == FirstPause ? null : clock.GetTimestamp();
        }

        _refusal = reason;
    }

    private void Recover()
    {
        _lastTry = clock.GetTimestamp();
        if (TryReserve() is { } reason)
        {
            _refusal = reason;
            return;
        }

        // If it fails again before anything could be written, the next attempt comes later.
        _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
        _refusal = null;
        LogRecovered();
    }

    // Returns why there is no space. As much again must be left, or the next write would fail.
    private string? TryReserve()
    {
        try
        {
            if (new DriveInfo(Path.GetDirectoryName(path)!).AvailableFreeSpace < 2 * ReservedBytes)
            {
                return "The disk is full.";
            }

            using var reserved = new FileStream(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 0, PreallocationSize = ReservedBytes });
            reserved.SetLength(ReservedBytes);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"The database cannot be written: {DiskFailure.Describe(exception)}";
        }
    }

    private CatalogUnavailableException Refusal(Exception? cause) => new($"{_refusal} Nothing can be written until that is solved. Films can still be read, listed and exported.", cause);

    [LoggerMessage(Level = LogLevel.Error, Message = "Writes are refused: {Reason} Films are still read, listed and exported. Writes go on by themselves once there is room")]
    private partial void LogRefused(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The disk has room again: writes go on")]
    private partial void LogRecovered();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The reserved space '{Path}' cannot be given up: {Reason}")]
    private partial void LogNotReleased(string path, string reason);

    /// <summary>Bytes that are free on the disk of a file; null if the system does not say.</summary>
    public static long? FreeBeside(string path)
    {
        try
        {
            return new DriveInfo(Path.GetDirectoryName(path)!).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
