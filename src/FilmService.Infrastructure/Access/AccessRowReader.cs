using System.Data.Common;
using FilmService.Domain.Access;
using FilmService.Infrastructure.Statements;

namespace FilmService.Infrastructure.Access;

internal static class AccessRowReader
{
    public static User ReadUser(DbDataReader row)
    {
        var hash = row.GetString(1);
        return new User(row.GetString(0), new Lazy<string>(hash), row.Scopes(2)) { Id = row.GetString(3) };
    }

    public static ApiKey ReadApiKey(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.Scopes(2), row.GetFieldValue<byte[]>(3), row.GetString(4), row.Time(5)!.Value, row.Time(6), row.Time(7))
    {
        OwnerId = row.Text(8),
    };

    public static OAuthClient ReadClient(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.Scopes(2), row.GetFieldValue<byte[]>(3), row.GetString(4), row.Time(5)!.Value);

    public static SigningKey ReadSigningKey(DbDataReader row) => new(
        row.GetString(0), row.GetFieldValue<byte[]>(1), row.GetFieldValue<byte[]>(2), row.Time(3)!.Value);

    public static ProtectionKey ReadProtectionKey(DbDataReader row) => new(row.GetString(0), row.GetFieldValue<byte[]>(1));

    public static Session ReadSession(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.IsDBNull(2) ? null : row.Scopes(2), row.GetFieldValue<byte[]>(3), row.Time(4)!.Value, row.Time(5)!.Value);

    private static string[] Scopes(this DbDataReader row, int column) =>
        row.GetString(column).Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
