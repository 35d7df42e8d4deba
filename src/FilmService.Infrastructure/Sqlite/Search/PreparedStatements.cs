using FilmService.Infrastructure.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite.Search;

/// <summary>The most recent statements of one connection: preparing one can cost more than reading a page with it.</summary>
internal sealed class PreparedStatements(SqliteConnection connection) : IDisposable
{
    // Conditions and orders have very many combinations, but few are requested repeatedly.
    private const int Most = 64;

    private readonly Dictionary<string, SqliteStatement> _statements = [];

    /// <summary>The statement; it must not be in use already.</summary>
    public SqliteStatement Get(string sql)
    {
        if (_statements.TryGetValue(sql, out var known))
        {
            return known;
        }

        if (_statements.Count == Most)
        {
            Dispose();
        }

        var statement = new SqliteStatement(connection, sql);
        _statements.Add(sql, statement);
        return statement;
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _statements.Clear();
    }
}
