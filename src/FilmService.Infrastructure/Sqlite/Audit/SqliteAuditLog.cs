using FilmService.Domain.Audit;

namespace FilmService.Infrastructure.Sqlite.Audit;

/// <summary>The audit log in the films' SQLite file, written by its single writer.</summary>
internal sealed class SqliteAuditLog(SqliteRepository database) : IAuditLog
{
    public Task RecordAsync(IReadOnlyList<AuditEvent> events, CancellationToken cancellationToken) => database.RunAsync(
        connection =>
        {
            foreach (var audit in events)
            {
                connection.Record(audit);
            }

            return events.Count;
        },
        cancellationToken);

    public Task<AuditPage> ReadAsync(long after, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(reader => reader.ReadAudit(after, limit)));

    public async Task RemoveAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        while (await database.RunAsync(connection => connection.RemoveAudit(before), cancellationToken) > 0)
        {
        }
    }
}
