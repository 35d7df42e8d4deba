using FilmService.Domain.Writing;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>Translates SQLite's errors to the domain's exception.</summary>
internal static class SqliteFailure
{
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
            throw new CatalogUnavailableException("The database is not responding.", exception);
        }
    }

    public static ValueTask Translate(Action work) => Translate<ValueTask>(() =>
    {
        work();
        return default;
    });
}
