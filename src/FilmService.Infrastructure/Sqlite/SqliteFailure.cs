using FilmService.Domain.Writing;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>Translates SQLite's errors to the domain's exception.</summary>
internal static class SqliteFailure
{
    /// <exception cref="CatalogUnavailableException">The database is not responding.</exception>
    public static T Translate<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException exception)
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
