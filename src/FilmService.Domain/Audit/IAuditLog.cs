using FilmService.Domain.Writing;

namespace FilmService.Domain.Audit;

/// <summary>
/// Who did what from where. Administration is recorded in the same transaction as what it changes: its event is passed to the
/// repository that makes the change. What changes nothing else in the database is recorded here.
/// </summary>
/// <remarks>Every method throws <see cref="CatalogUnavailableException"/> if the database does not respond.</remarks>
public interface IAuditLog
{
    /// <summary>Records events, durably when the task completes.</summary>
    Task RecordAsync(IReadOnlyList<AuditEvent> events, CancellationToken cancellationToken);

    /// <summary>Reads the entries after a number, oldest first.</summary>
    Task<AuditPage> ReadAsync(long after, int limit, CancellationToken cancellationToken);

    /// <summary>Removes the entries from before a time, except the newest one, from which the numbers continue.</summary>
    Task RemoveAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
