using FilmService.Domain.Import;
using FilmService.Infrastructure.Sqlite.Native;
using FilmService.Infrastructure.Sqlite.Projection;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>What an import needs on the writing connection beside its changes: a larger cache, and indexes that are built last.</summary>
internal sealed class SqliteImport : IDisposable
{
    // Enough for what is left without the indexes, and for sorting the entries of one.
    private const int DeferredKilobytes = 32_000;

    private readonly SqliteConnection _connection;
    private readonly DeferredIndexes _deferred;
    private readonly LargeTransaction _large;
    private readonly FilmProjection _films;

    /// <param name="connection">In the import's transaction.</param>
    /// <param name="films">On the same connection.</param>
    /// <param name="import">The import.</param>
    /// <param name="isDamaged">True if the indexes may be damaged: their pages must not be read, not even to give them back.</param>
    public SqliteImport(SqliteConnection connection, FilmProjection films, FilmImport import, bool isDamaged)
    {
        (_connection, _films) = (connection, films);
        films.BeginImport();
        _deferred = DeferredIndexes.Of(connection, isDamaged ? 0 : import.LineCount, films.LastOldRow, keepsNames: import.Rules.MatchNames);
        _large = _deferred.Any ? new LargeTransaction(connection, DeferredKilobytes) : new LargeTransaction(connection);
    }

    /// <summary>Call this after the last line.</summary>
    /// <returns>How many of the films created have the name and year of another.</returns>
    public long CountDuplicates()
    {
        // After an import of most films, it is faster to look at all names in order than to look up those of each film created.
        var names = _deferred.Any
            ? "SELECT normalized_name FROM films GROUP BY normalized_name HAVING count(*) > 1 AND max(row) > $1"
            : "SELECT DISTINCT normalized_name FROM films NOT INDEXED WHERE row > $1";
        _deferred.Build();

        // Of films that are all created, the first has nobody's name: with min(), SQLite takes a column's value from that row.
        using var count = _connection.Prepare($"""
            SELECT ifnull(sum(created), 0) FROM (
                SELECT sum(films.row > $1) - (films.row > $1) AS created, min(films.revision)
                FROM ({names}) AS created CROSS JOIN films ON films.normalized_name = created.normalized_name
                GROUP BY films.normalized_name, films.year)
            """);
        return (long)count.With(_films.LastOldRow).ExecuteScalar()!;
    }

    /// <summary>Call this before the commit.</summary>
    public void Complete() => _deferred.Build();

    public void Dispose() => _large.Dispose();
}
