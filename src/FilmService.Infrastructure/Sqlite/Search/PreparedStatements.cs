using FilmService.Infrastructure.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite.Search;

/// <summary>The statements that one connection has prepared lately: preparing one can cost more than a page that it reads.</summary>
internal sealed class PreparedStatements(SqliteConnection connection) : IDisposable
{
    // There are as many as conditions and orders can be put together; those that are asked for again are few.
    private const int Most = 32;

    private readonly Dictionary<string, SqliteStatement> _statements = [];

    /// <summary>The statement, which nobody else runs at the same time.</summary>
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

    /// <summary>Lets all of them go.</summary>
    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _statements.Clear();
    }
}
