using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite.Native;

internal static class SqliteCommands
{
    /// <summary>Runs statements without parameters.</summary>
    public static void Execute(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Runs one statement once; returns the number of rows that it changed.</summary>
    public static int Run(this SqliteConnection connection, string sql, params ReadOnlySpan<object?> values)
    {
        using var command = connection.Prepare(sql);
        return command.With(values).ExecuteNonQuery();
    }

    /// <summary>Prepares a statement for repeated use; its parameters are named <c>$1</c>, <c>$2</c> and so on.</summary>
    public static SqliteCommand Prepare(this SqliteConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var number = 1; sql.Contains($"${number}", StringComparison.Ordinal); number++)
        {
            command.Parameters.Add(new SqliteParameter($"${number}", null));
        }

        return command;
    }

    /// <summary>Sets the parameters, in order.</summary>
    public static SqliteCommand With(this SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return command;
    }

    /// <summary>Runs the work in a transaction that holds the write lock from its start; rolls it back on an exception.</summary>
    public static T InTransaction<T>(this SqliteConnection connection, Func<T> work)
    {
        connection.Execute("BEGIN IMMEDIATE");
        try
        {
            var result = work();
            connection.Execute("COMMIT");
            return result;
        }
        catch
        {
            connection.RollBack();
            throw;
        }
    }

    /// <summary>
    /// Rolls back the transaction, unless SQLite has already done so, as it does after some errors such as a full disk.
    /// </summary>
    public static void RollBack(this SqliteConnection connection)
    {
        if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0)
        {
            connection.Execute("ROLLBACK");
        }
    }
}
