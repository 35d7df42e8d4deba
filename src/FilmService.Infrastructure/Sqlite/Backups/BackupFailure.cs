using FilmService.Domain.Backups;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FilmService.Infrastructure.Sqlite.Backups;

/// <summary>Translates the errors of making and keeping backups to the domain's exception.</summary>
internal static class BackupFailure
{
    public static T Translate<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            throw new BackupFailedException("The service is stopping.", exception);
        }
        catch (OperationCanceledException exception)
        {
            throw new BackupFailedException("The service is stopping.", exception);
        }
        catch (SqliteException exception)
        {
            throw new BackupFailedException(Reason(exception), exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new BackupFailedException("The folder of the backups (Backups:Folder) cannot be written.", exception);
        }
        catch (IOException exception)
        {
            throw new BackupFailedException("The folder of the backups (Backups:Folder) cannot be used: its disk is full, read-only or missing.", exception);
        }
    }

    private static string Reason(SqliteException exception) => exception.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => "The disk of the folder of the backups (Backups:Folder) is full.",
        raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY or raw.SQLITE_PERM => "The folder of the backups (Backups:Folder) cannot be written.",
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => "The database, or the copy of it, is damaged.",
        _ => "The database cannot be read, or the copy cannot be written. The log has the reason.",
    };
}
