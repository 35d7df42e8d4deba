using FilmService.Domain.Audit;
using FilmService.Infrastructure.Statements;

namespace FilmService.Infrastructure.Audit;

/// <summary>The audit log beside the films.</summary>
internal sealed class AuditLog(IDatabaseWork database) : IAuditLog
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
        Task.FromResult(database.ReadSnapshot(connection => connection.ReadAudit(after, limit)));

    public async Task RemoveAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        while (await database.RunAsync(connection => connection.RemoveAudit(before), cancellationToken) > 0)
        {
        }
    }
}
