using System.Security.Claims;
using FilmService.Api.Access.Authorization;
using FilmService.Domain.Access;

namespace FilmService.Api.Access.Authentication;

/// <summary>Who a request comes from, once its credentials are found right: a name, its scopes, and how long they hold.</summary>
internal sealed class Caller(string name, IEnumerable<string> scopes, string scheme, CancellationToken revoked, DateTimeOffset? expiresAt = null)
    : ClaimsPrincipal(new ClaimsIdentity(scopes.Select(scope => new Claim(Scopes.ClaimType, scope)).Prepend(new Claim(ClaimTypes.Name, name)), scheme))
{
    /// <summary>Cancelled when the credentials are changed or deleted.</summary>
    public CancellationToken Revoked => revoked;

    /// <summary>When the credentials expire; null if they never do.</summary>
    public DateTimeOffset? ExpiresAt => expiresAt;

    /// <summary>A user. A user's name has no ':', so no other kind of caller is mistaken for one.</summary>
    public static Caller Of(InMemoryEntry<User> user) => new(user.Record.Name, user.Record.Scopes, BasicAuthentication.Scheme, user.Revoked);

    /// <summary>A program with an API key.</summary>
    public static Caller Of(InMemoryEntry<ApiKey> key) =>
        new("key:" + key.Record.Id, key.Record.Scopes, ApiKeyHandler.SchemeName, key.Revoked, key.Record.ExpiresAt);
}
