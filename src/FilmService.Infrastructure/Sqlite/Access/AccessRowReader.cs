using FilmService.Domain.Access;
using FilmService.Infrastructure.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite.Access;

internal static class AccessRowReader
{
    /// <summary>Reads all rows of a query; these tables are small.</summary>
    public static List<T> Read<T>(this SqliteConnection connection, string sql, Func<SqliteDataReader, T> make, params object?[] values)
    {
        using var command = connection.Prepare(sql);
        using var row = command.With(values).ExecuteReader();
        var records = new List<T>();
        while (row.Read())
        {
            records.Add(make(row));
        }

        return records;
    }

    public static User ReadUser(SqliteDataReader row)
    {
        var hash = row.GetString(1);
        return new User(row.GetString(0), new Lazy<string>(hash), row.Scopes(2)) { Id = row.GetString(3) };
    }

    public static ApiKey ReadApiKey(SqliteDataReader row) => new(
        row.GetString(0), row.GetString(1), row.Scopes(2), row.GetFieldValue<byte[]>(3), row.GetString(4), row.Time(5)!.Value, row.Time(6), row.Time(7))
    {
        OwnerId = row.Text(8),
    };

    public static OAuthClient ReadClient(SqliteDataReader row) => new(
        row.GetString(0), row.GetString(1), row.Scopes(2), row.GetFieldValue<byte[]>(3), row.GetString(4), row.Time(5)!.Value);

    public static SigningKey ReadSigningKey(SqliteDataReader row) => new(
        row.GetString(0), row.GetFieldValue<byte[]>(1), row.GetFieldValue<byte[]>(2), row.Time(3)!.Value);

    public static ProtectionKey ReadProtectionKey(SqliteDataReader row) => new(row.GetString(0), row.GetFieldValue<byte[]>(1));

    public static Session ReadSession(SqliteDataReader row) => new(
        row.GetString(0), row.GetString(1), row.IsDBNull(2) ? null : row.Scopes(2), row.GetFieldValue<byte[]>(3), row.Time(4)!.Value, row.Time(5)!.Value);

    private static string[] Scopes(this SqliteDataReader row, int column) =>
        row.GetString(column).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public static string? Text(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static DateTimeOffset? Time(this SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
