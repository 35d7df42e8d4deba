using FilmService.Domain.Audit;

namespace FilmService.Domain.Access;

/// <summary>
/// Stores sessions. A change is durable when its task completes, and an audit event is recorded in the same transaction.
/// </summary>
public interface ISessionRepository
{
    /// <summary>Reads all sessions, once, at start-up.</summary>
    IReadOnlyList<Session> Load();

    /// <summary>Stores a session, and removes others.</summary>
    Task AddAsync(Session session, IReadOnlyList<Session> removed, AuditEvent? audit);

    /// <summary>Removes sessions.</summary>
    Task RemoveAsync(IReadOnlyList<Session> sessions, AuditEvent? audit);

    /// <summary>Records until when a session lasts, if it still exists.</summary>
    Task TouchAsync(Session session);

    /// <summary>Stores a user with a new password, ends the user's other sessions, and binds the one that is kept to the password.</summary>
    /// <param name="user">The user, with the new password.</param>
    /// <param name="kept">The session, with its new binding; null to end all.</param>
    /// <param name="audit">The event.</param>
    Task ChangePasswordAsync(User user, Session? kept, AuditEvent audit);
}
