using System.Data.Common;
using FilmService.Domain.Audit;
using FilmService.Infrastructure.Statements;

namespace FilmService.Infrastructure.Audit;

/// <summary>The table <c>audit</c>.</summary>
internal static class AuditTable
{
    /// <summary>Small enough not to delay a waiting write noticeably.</summary>
    public const int RemovalBatch = 500;

    private const string Columns = "id, at, by, method, address, action, target, detail, count";

    /// <summary>Records an event in the current transaction; null records nothing.</summary>
    public static void Record(this DbConnection connection, AuditEvent? audit)
    {
        if (audit is not null)
        {
            connection.Run(
                $"INSERT INTO audit ({Columns}) VALUES ((SELECT coalesce(max(id), 0) + 1 FROM audit), @1, @2, @3, @4, @5, @6, @7, @8)",
                audit.At.ToUnixTimeMilliseconds(), audit.By, audit.Method, audit.From, audit.Action, audit.Target, audit.Detail, audit.Count);
        }
    }

    public static AuditPage ReadAudit(this DbConnection connection, long after, int limit)
    {
        var (first, last) = connection.Read("SELECT coalesce(min(id), 0), coalesce(max(id), 0) FROM audit", row => (row.GetInt64(0), row.GetInt64(1)))[0];
        return new AuditPage(connection.Read($"SELECT {Columns} FROM audit WHERE id > @1 ORDER BY id LIMIT @2", ReadEntry, after, limit), first, last);
    }

    /// <summary>Removes some of the oldest entries; returns how many.</summary>
    public static int RemoveAudit(this DbConnection connection, DateTimeOffset before) => connection.Run(
        $"""
        DELETE FROM audit WHERE at < @1 AND id < (SELECT max(id) FROM audit) AND id IN (SELECT id FROM audit ORDER BY id LIMIT {RemovalBatch})
        """,
        before.ToUnixTimeMilliseconds());

    private static AuditEntry ReadEntry(DbDataReader row) => new(row.GetInt64(0), new AuditEvent(row.Time(1)!.Value, row.Text(2), row.Text(3), row.Text(4), row.GetString(5))
    {
        Target = row.Text(6),
        Detail = row.Text(7),
        Count = row.IsDBNull(8) ? null : row.GetInt64(8),
    });
}
