using FilmService.Domain.Writing;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>Translates SQLite's errors to the domain's exception.</summary>
internal static class SqliteFailure
{
    /// <summary>The words for a table that contradicts itself.</summary>
    public const string Damaged = "The database file is damaged.";

    private const int UniqueConstraint = 2067;
    private const int PrimaryKeyConstraint = 1555;
    private const int RowidConstraint = 2579;

    /// <exception cref="CatalogUnavailableException">The database is not responding.</exception>
    /// <exception cref="SqliteException">The statement was interrupted: see <see cref="ReadWork"/>.</exception>
    public static T Translate<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode != raw.SQLITE_INTERRUPT)
        {
            throw new CatalogUnavailableException(Describe(exception), exception);
        }
    }

    public static ValueTask Translate(Action work) => Translate<ValueTask>(() =>
    {
        work();
        return default;
    });

    /// <summary>
    /// True if pages of the file are damaged. A table and its unique index that contradict each other are noticed as a violated
    /// constraint: the service itself never writes a row twice.
    /// </summary>
    public static bool IsDamage(SqliteException exception) =>
        exception.SqliteErrorCode is raw.SQLITE_CORRUPT
        || exception.SqliteExtendedErrorCode is UniqueConstraint or PrimaryKeyConstraint or RowidConstraint
        || exception.Message.Contains("vtable constructor failed", StringComparison.Ordinal);

    /// <summary>What has happened, in a sentence.</summary>
    public static string Describe(SqliteException exception) => exception.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => "The disk is full.",
        raw.SQLITE_READONLY => "The disk or the database file is read-only.",
        raw.SQLITE_IOERR => "The disk reports an error.",
        raw.SQLITE_CORRUPT => Damaged,
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "Another program has locked the database.",
        _ => "The database is not responding.",
    };
}
