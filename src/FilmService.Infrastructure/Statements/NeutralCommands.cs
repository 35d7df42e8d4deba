using System.Data.Common;

namespace FilmService.Infrastructure.Statements;

/// <summary>
/// Statements that every database understands. Their parameters are named <c>@1</c>, <c>@2</c> and so on: SQLite takes such names, and
/// Npgsql rewrites them.
/// </summary>
internal static class NeutralCommands
{
    /// <summary>Runs one statement; returns the number of rows that it changed.</summary>
    public static int Run(this DbConnection connection, string sql, params object?[] values)
    {
        using var command = connection.Create(sql, values);
        return command.ExecuteNonQuery();
    }

    /// <summary>Reads all rows of a query; these tables are small.</summary>
    public static List<T> Read<T>(this DbConnection connection, string sql, Func<DbDataReader, T> make, params object?[] values)
    {
        using var command = connection.Create(sql, values);
        using var row = command.ExecuteReader();
        var records = new List<T>();
        while (row.Read())
        {
            records.Add(make(row));
        }

        return records;
    }

    public static string? Text(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    /// <summary>A time, which is stored in milliseconds.</summary>
    public static DateTimeOffset? Time(this DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    private static DbCommand Create(this DbConnection connection, string sql, object?[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ($"@{i + 1}", values[i] ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
