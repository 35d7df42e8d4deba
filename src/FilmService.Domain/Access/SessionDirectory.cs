using System.Collections.Concurrent;
using FilmService.Domain.Audit;

namespace FilmService.Domain.Access;

/// <summary>The sessions, in memory as in the database. A change is in both before its task completes.</summary>
public sealed class SessionDirectory : IDisposable
{
    /// <summary>Maximum number of sessions of one user; a further one ends the one that has not been used for the longest time.</summary>
    public const int MaxPerUser = 20;

    /// <summary>Maximum number of sessions; a further one ends the one that has not been used for the longest time.</summary>
    public const int Capacity = 10_000;

    // A use is stored only when this much of the time has passed: at most one write per session and hour.
    private static readonly TimeSpan TouchAfter = Session.Age / 12;

    private readonly ConcurrentDictionary<string, InMemoryEntry<Session>> _sessions = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _changing = new(1);
    private readonly ISessionRepository _repository;
    private readonly TimeProvider _clock;

    /// <summary>Loads the sessions; from then on memory and database change together.</summary>
    public SessionDirectory(ISessionRepository repository, TimeProvider clock)
    {
        (_repository, _clock) = (repository, clock);
        foreach (var session in repository.Load())
        {
            _sessions[session.Id] = new InMemoryEntry<Session>(session);
        }
    }

    /// <summary>The session of a token; null if there is none or it has expired. It counts as used.</summary>
    public InMemoryEntry<Session>? Find(string token)
    {
        if (!Secret.IsWellFormed(token, Session.Prefix) || _sessions.GetValueOrDefault(Session.IdOf(token)) is not { } entry)
        {
            return null;
        }

        var left = entry.Record.ExpiresAt - _clock.GetUtcNow();
        if (left > TimeSpan.Zero && left < Session.Age - TouchAfter && !entry.Record.IsExternal)
        {
            Touch(entry);
        }

        return left > TimeSpan.Zero ? entry : null;
    }

    /// <summary>Starts a session of a user of the service.</summary>
    /// <param name="user">The user as the password was checked.</param>
    /// <param name="replaced">A session that ends; null for none.</param>
    /// <param name="audit">The event.</param>
    /// <returns>The token, which cannot be retrieved again.</returns>
    public Task<string> StartAsync(User user, InMemoryEntry<Session>? replaced, AuditEvent audit)
    {
        var token = Secret.Create(Session.Prefix);
        return StartAsync(token, Create(token, user.Name, null, Session.Bind(token, user)), replaced, audit);
    }

    /// <summary>Starts a session of a person that an external issuer has authenticated. The person's sessions with other scopes end.</summary>
    public Task<string> StartAsync(ExternalPerson person, InMemoryEntry<Session>? replaced, AuditEvent audit)
    {
        var token = Secret.Create(Session.Prefix);
        return StartAsync(token, Create(token, person.Name, person.Scopes, Session.Bind(token, person.Settings)), replaced, audit);
    }

    /// <summary>Ends a session; nothing happens if it has ended already.</summary>
    public Task EndAsync(InMemoryEntry<Session> entry, AuditEvent audit) => InTurnAsync(async () =>
    {
        if (_sessions.ContainsKey(entry.Record.Id))
        {
            await _repository.RemoveAsync([entry.Record], audit);
            Forget([entry]);
        }
    });

    /// <summary>The sessions of a person, the one that was used last first.</summary>
    public IReadOnlyList<Session> Of(string name) => _sessions.Values.Select(entry => entry.Record)
        .Where(session => session.Name == name && session.ExpiresAt > _clock.GetUtcNow()).OrderByDescending(session => session.ExpiresAt).ToList();

    /// <summary>Ends the sessions of a person.</summary>
    /// <param name="name">The caller's name.</param>
    /// <param name="kept">The session that stays; null to end all.</param>
    /// <param name="audit">Recorded if there are others; null for nothing.</param>
    public Task EndOthersAsync(string name, InMemoryEntry<Session>? kept, AuditEvent? audit) => InTurnAsync(async () =>
    {
        var ended = _sessions.Values.Where(entry => entry.Record.Name == name && entry != kept).ToList();
        if (ended.Count > 0)
        {
            await _repository.RemoveAsync(Records(ended), audit);
            Forget(ended);
        }
    });

    /// <summary>Ends all sessions of a person, whom the external issuer no longer allows any.</summary>
    public Task EndAllAsync(string name) => EndOthersAsync(name, null, null);

    /// <summary>Stores a user's new password; the user's other sessions end. Called while the user cannot change otherwise.</summary>
    /// <param name="user">The user, with the new password.</param>
    /// <param name="kept">The session that stays and its token; null to end all.</param>
    /// <param name="audit">The event.</param>
    public Task ChangePasswordAsync(User user, (InMemoryEntry<Session> Entry, string Token)? kept, AuditEvent audit) => InTurnAsync(async () =>
    {
        var bound = kept is { Entry.Record: var record, Token: var token } ? record with { Binding = Session.Bind(token, user), EarlierBinding = record.Binding } : null;
        await _repository.ChangePasswordAsync(user, bound, audit);
        if (bound is not null)
        {
            kept!.Value.Entry.Note(bound);
        }

        Forget([.. _sessions.Values.Where(entry => entry.Record.Name == user.Name && entry != kept?.Entry)]);
    });

    /// <summary>Removes some expired sessions; true if there may be more.</summary>
    public async Task<bool> RemoveExpiredAsync(int limit)
    {
        var removed = 0;
        await InTurnAsync(async () =>
        {
            var now = _clock.GetUtcNow();
            var expired = _sessions.Values.Where(entry => entry.Record.ExpiresAt <= now).Take(limit).ToList();
            removed = expired.Count;
            if (removed > 0)
            {
                await _repository.RemoveAsync(Records(expired), null);
                Forget(expired);
            }
        });
        return removed == limit;
    }

    private async Task<string> StartAsync(string token, Session session, InMemoryEntry<Session>? replaced, AuditEvent audit)
    {
        await InTurnAsync(async () =>
        {
            var removed = Superseded(session, replaced);
            await _repository.AddAsync(session, Records(removed), audit);
            _sessions[session.Id] = new InMemoryEntry<Session>(session);
            Forget(removed);
        });
        return token;
    }

    private List<InMemoryEntry<Session>> Superseded(Session session, InMemoryEntry<Session>? replaced)
    {
        var byUse = _sessions.Values.Where(entry => entry != replaced).OrderByDescending(entry => entry.Record.ExpiresAt).ToList();
        var ofUser = byUse.Where(entry => entry.Record.Name == session.Name).ToList();
        var outdated = ofUser.Where(entry => session.Scopes is { } scopes && !scopes.SequenceEqual(entry.Record.Scopes ?? []));
        return [.. ofUser.Skip(MaxPerUser - 1).Union(outdated).Union(byUse.Skip(Capacity - 1)), .. replaced is null ? [] : new[] { replaced }];
    }

    private Session Create(string token, string name, IReadOnlyList<string>? scopes, byte[] binding)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(_clock.GetUtcNow().ToUnixTimeMilliseconds());
        return new Session(Session.IdOf(token), name, scopes, binding, now, now + Session.Age);
    }

    // No harm is done if it fails or comes too late.
    private void Touch(InMemoryEntry<Session> entry)
    {
        entry.Note(entry.Record with { ExpiresAt = _clock.GetUtcNow() + Session.Age });
        _ = _repository.TouchAsync(entry.Record);
    }

    private void Forget(IEnumerable<InMemoryEntry<Session>> entries)
    {
        foreach (var entry in entries)
        {
            _sessions.TryRemove(entry.Record.Id, out _);
            entry.Revoke();
        }
    }

    private static List<Session> Records(IEnumerable<InMemoryEntry<Session>> entries) => entries.Select(entry => entry.Record).ToList();

    private async Task InTurnAsync(Func<Task> work)
    {
        await _changing.WaitAsync();
        try
        {
            await work();
        }
        finally
        {
            _changing.Release();
        }
    }

    public void Dispose() => _changing.Dispose();
}
