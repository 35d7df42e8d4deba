using FilmService.Domain.Writing;
using FilmService.Infrastructure.Caching;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace FilmService.Infrastructure.Sqlite.Projection;

/// <summary>
/// Notes that tables derived from the changes are damaged, and rebuilds them on the writer's thread. If that fails, it is tried again
/// after a pause that doubles; meanwhile lists are refused, and writes go on without being projected.
/// </summary>
internal sealed partial class ReadModelDamage(Reindexing reindexing, FilmCache films, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private TimeSpan _pause = FirstPause;
    private long? _lastAttempt;
    private volatile bool _isNoted;
    private volatile bool _isSuspected;
    private volatile int _repairs;

    /// <summary>True from the first error until it is repaired.</summary>
    public bool IsNoted => _isNoted;

    /// <summary>How many repairs have succeeded. A reader asks before it opens its snapshot: what it finds there may be repaired since.</summary>
    public int Repairs => _repairs;

    /// <summary>True if it should be repaired now.</summary>
    public bool IsDue => (_isNoted || _isSuspected) && (_lastAttempt is not { } last || clock.GetElapsedTime(last) >= _pause);

    /// <summary>Only for the writer: true if an error is a damaged page; it is logged, and repaired at the next opportunity.</summary>
    public bool Note(SqliteException exception) => Note(exception, _repairs);

    /// <summary>The same for a reader, whose snapshot may be from before a repair.</summary>
    /// <param name="repairs"><see cref="Repairs"/> before the snapshot was opened.</param>
    public bool Note(SqliteException exception, int repairs)
    {
        if (!SqliteFailure.IsDamage(exception))
        {
            return false;
        }

        lock (_gate)
        {
            if (!_isNoted && repairs == _repairs)
            {
                LogDamage(logger, exception.Message);
                _isNoted = true;
            }
        }

        return true;
    }

    /// <summary>
    /// True if an error is a damaged page of the changes or of their index. Only the index can be rebuilt, and lists do not need it.
    /// </summary>
    /// <param name="repairs"><see cref="Repairs"/> before the snapshot was opened.</param>
    public bool Suspect(SqliteException exception, int repairs)
    {
        if (!SqliteFailure.IsDamage(exception) || repairs != _repairs)
        {
            return false;
        }

        _isSuspected = true;
        return IsDue;
    }

    /// <exception cref="CatalogUnavailableException">A list might lack films.</exception>
    public void RefuseLists()
    {
        if (_isNoted)
        {
            throw new CatalogUnavailableException("The tables for lists and searches are damaged and are being rebuilt. Films can still be read by id, and written.", null);
        }
    }

    /// <summary>Only for the writer, outside transactions: rebuilds the tables if that is due; true if they are intact now.</summary>
    public bool TryRepair()
    {
        if (IsDue)
        {
            Repair();
        }

        return !_isNoted;
    }

    private void Repair()
    {
        if (_lastAttempt is not null)
        {
            _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
        }

        try
        {
            reindexing.RunOnDamaged();
            films.PublishCheckpoint(films.Committed.Revision.Number);
            NoteRepair();
        }
        catch (SqliteException exception)
        {
            LogNotRepaired(exception.Message, _pause.TotalMinutes);
        }

        _isSuspected = false;
        _lastAttempt = clock.GetTimestamp();
    }

    private void NoteRepair()
    {
        lock (_gate)
        {
            _repairs++;
            _isNoted = false;
        }
    }

    /// <summary>Logs that the tables are damaged.</summary>
    [LoggerMessage(Level = LogLevel.Error, Message = "The tables for lists and searches are damaged ({Reason}). They are rebuilt from the changes; until then lists are refused, and films are read by id and written")]
    public static partial void LogDamage(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The damaged tables cannot be rebuilt: {Reason}. Trying again in {Minutes} minutes. Stop the service and run the command check: if the changes are damaged too, restore a backup")]
    private partial void LogNotRepaired(string reason, double minutes);
}
