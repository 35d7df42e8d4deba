using System.Security.Claims;
using FilmService.Api.Access.Authorization;
using FilmService.Api.Http.Actions;
using FilmService.Api.Http.Problems;
using FilmService.Domain.Access;

namespace FilmService.Api.Access.Authentication;

/// <summary>The authenticated caller of a request: name, scopes, and how long the credentials stay valid.</summary>
internal sealed class Caller(string name, IEnumerable<string> scopes, string method, CancellationToken revoked, DateTimeOffset? expiresAt = null)
    : ClaimsPrincipal(new ClaimsIdentity(scopes.Select(scope => new Claim(Scopes.ClaimType, scope)).Prepend(new Claim(ClaimTypes.Name, name)), method)), IRevocableCaller
{
    /// <summary>Cancelled when the credentials are changed or deleted.</summary>
    public CancellationToken Revoked => revoked;

    /// <summary>Cancelled when the user behind the credentials is changed or deleted.</summary>
    public CancellationToken OwnerRevoked { get; private init; }

    public bool IsRevoked => revoked.IsCancellationRequested || OwnerRevoked.IsCancellationRequested;

    /// <summary>The user of the service who is logged in with a password or a session; null for other callers.</summary>
    public InMemoryEntry<User>? Account { get; private init; }

    /// <summary>True for such a user who is stored in the database, not in the settings.</summary>
    public bool IsStoredUser => Account is { Record.SettingsPassword: null };

    /// <summary>The session; null for other credentials.</summary>
    public InMemoryEntry<Session>? Session { get; private init; }

    /// <summary>When the credentials expire; null if they never do.</summary>
    public DateTimeOffset? ExpiresAt => expiresAt;

    public void EnsureNotRevoked(HttpRequest request)
    {
        if (IsRevoked)
        {
            throw new ProblemException(Challenges.Revoked(request, isBearer: method is LogInMethods.ApiKey or LogInMethods.Token));
        }
    }

    /// <summary>
    /// A user's caller name is the user's name. It has no ':', so no other kind of caller can be mistaken for a user.
    /// </summary>
    public static Caller Of(InMemoryEntry<User> user) => new(user.Record.Name, user.Record.Scopes, LogInMethods.Basic, user.Revoked) { Account = user };

    /// <param name="session">The session.</param>
    /// <param name="user">Its user; null if an external issuer has authenticated the person.</param>
    public static Caller Of(InMemoryEntry<Session> session, InMemoryEntry<User>? user) =>
        new(session.Record.Name, user?.Record.Scopes ?? session.Record.Scopes ?? [], session.Record.IsExternal ? LogInMethods.OpenIdConnect : LogInMethods.Session, session.Revoked, session.Record.ExpiresAt)
        {
            Account = user,
            Session = session,
            OwnerRevoked = user?.Revoked ?? CancellationToken.None,
        };

    /// <param name="key">The key.</param>
    /// <param name="owner">The user who owns it, whose scopes it cannot exceed; null if it belongs to the service.</param>
    public static Caller Of(InMemoryEntry<ApiKey> key, InMemoryEntry<User>? owner) =>
        new("key:" + key.Record.Id, owner is null ? key.Record.Scopes : Scopes.Cut(key.Record.Scopes, owner.Record.Scopes), LogInMethods.ApiKey, key.Revoked, key.Record.ExpiresAt)
        {
            OwnerRevoked = owner?.Revoked ?? CancellationToken.None,
        };
}
