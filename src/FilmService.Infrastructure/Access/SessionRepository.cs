using System.Data.Common;
using FilmService.Domain.Access;
using FilmService.Domain.Audit;
using FilmService.Infrastructure.Audit;
using FilmService.Infrastructure.Statements;

namespace FilmService.Infrastructure.Access;

/// <summary>Sessions beside the films.</summary>
internal sealed class SessionRepository(IDatabaseWork database) : ISessionRepository
{
    public IReadOnlyList<Session> Load() => database.ReadSnapshot(
        connection => connection.Read("SELECT id, name, scopes, binding, created_at, expires_at FROM sessions", AccessRowReader.ReadSession));

    public Task AddAsync(Session session, IReadOnlyList<Session> removed, AuditEvent? audit) => RunAsync(audit, connection =>
    {
        Remove(connection, removed);
        connection.Run(
            "INSERT INTO sessions (id, name, scopes, binding, created_at, expires_at) VALUES (@1, @2, @3, @4, @5, @6)",
            session.Id, session.Name, session.Scopes is null ? null : string.Join(' ', session.Scopes), session.Binding,
            session.CreatedAt.ToUnixTimeMilliseconds(), session.ExpiresAt.ToUnixTimeMilliseconds());
    });

    public Task RemoveAsync(IReadOnlyList<Session> sessions, AuditEvent? audit) => RunAsync(audit, connection => Remove(connection, sessions));

    public Task TouchAsync(Session session) => RunAsync(null, connection =>
        connection.Run("UPDATE sessions SET expires_at = @2 WHERE id = @1", session.Id, session.ExpiresAt.ToUnixTimeMilliseconds()));

    public Task ChangePasswordAsync(User user, Session? kept, AuditEvent audit) => RunAsync(audit, connection =>
    {
        connection.Save(user);
        connection.Run("DELETE FROM sessions WHERE name = @1 AND id <> @2", user.Name, kept?.Id ?? "");
        connection.Run("UPDATE sessions SET binding = @2 WHERE id = @1", kept?.Id, kept?.Binding);
    });

    private static void Remove(DbConnection connection, IReadOnlyList<Session> sessions)
    {
        foreach (var session in sessions)
        {
            connection.Run("DELETE FROM sessions WHERE id = @1", session.Id);
        }
    }

    private Task<int> RunAsync(AuditEvent? audit, Action<DbConnection> write) => database.RunAsync(
        connection =>
        {
            connection.Record(audit);
            write(connection);
            return 0;
        },
        CancellationToken.None);
}
