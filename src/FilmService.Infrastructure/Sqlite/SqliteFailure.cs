using FilmService.Domain.Writing;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>Turns SQLite's failures into the one that the domain knows.</summary>
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

    /// <inheritdoc cref="Translate{T}"/>
    public static ValueTask Translate(Action work) => Translate<ValueTask>(() =>
    {
        work();
        return default;
    });
}
