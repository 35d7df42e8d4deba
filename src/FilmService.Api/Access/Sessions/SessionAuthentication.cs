using System.Runtime.CompilerServices;
using FilmService.Api.Access.Authentication;
using FilmService.Api.Access.OpenIdConnect;
using FilmService.Domain.Access;

namespace FilmService.Api.Access.Sessions;

/// <summary>
/// Finds the caller of a session's token: the session exists, and its user is still the one who logged in, with the same password, or
/// the settings of OpenID Connect are still those of the login. The caller is remembered with the session until either changes.
/// </summary>
internal sealed class SessionAuthentication(SessionDirectory sessions, UserDirectory users, OpenIdConnectSettings issuer)
{
    private readonly ConditionalWeakTable<InMemoryEntry<Session>, Known> _known = [];

    /// <summary>The caller; null if the token does not hold.</summary>
    public Caller? Find(string token)
    {
        if (sessions.Find(token) is not { } session)
        {
            return null;
        }

        var (record, user) = (session.Record, !session.Record.IsExternal ? users.Find(session.Record.Name) : null);
        if (_known.TryGetValue(session, out var known) && known.User == user && ReferenceEquals(known.Record, record))
        {
            return known.Caller;
        }

        if (!(record.IsExternal ? record.IsBoundTo(token, issuer.Terms) : user is not null && record.IsBoundTo(token, user.Record)))
        {
            return null;
        }

        known = new Known(record, user, Caller.Of(session, user));
        _known.AddOrUpdate(session, known);
        return known.Caller;
    }

    private sealed record Known(Session Record, InMemoryEntry<User>? User, Caller Caller);
}
