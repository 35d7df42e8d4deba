using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite.Native;

/// <summary>The few shapes of command that the catalogue needs.</summary>
internal static class SqliteCommands
{
    /// <summary>Runs statements that have no parameters.</summary>
    public static void Execute(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Prepares a statement for many runs; its parameters are named <c>$1</c>, <c>$2</c> and so on.</summary>
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

    /// <summary>
    /// Runs the work in one transaction that holds the write lock from its start; takes all back when it throws, or when
    /// <paramref name="isToKeep"/> says so of the result.
    /// </summary>
    public static T InTransaction<T>(this SqliteConnection connection, Func<T> work, Predicate<T>? isToKeep = null)
    {
        connection.Execute("BEGIN IMMEDIATE");
        try
        {
            var result = work();
            connection.Execute(isToKeep is null || isToKeep(result) ? "COMMIT" : "ROLLBACK");
            return result;
        }
        catch
        {
            // SQLite ends the transaction itself after some errors, such as a full disk.
            if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0)
            {
                connection.Execute("ROLLBACK");
            }

            throw;
        }
    }
}
