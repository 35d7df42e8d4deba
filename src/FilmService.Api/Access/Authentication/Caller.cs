using System.Security.Claims;
using FilmService.Api.Access.Authorization;
using FilmService.Domain.Access;

namespace FilmService.Api.Access.Authentication;

/// <summary>Who a request comes from, once its credentials are found right.</summary>
/// <param name="Principal">The name and the scopes.</param>
/// <param name="Revoked">Cancelled when the credentials are changed or taken away.</param>
/// <param name="ExpiresAt">From when on the credentials are worth nothing; null for never.</param>
internal sealed record Caller(ClaimsPrincipal Principal, CancellationToken Revoked, DateTimeOffset? ExpiresAt = null)
{
    /// <summary>A user. A user's name has no ':', so no other kind of caller is mistaken for one.</summary>
    public static Caller Of(InMemoryEntry<User> user) => new(Named(user.Record.Name, user.Record.Scopes, "Basic"), user.Revoked);

    /// <summary>A program with an API key.</summary>
    public static Caller Of(InMemoryEntry<ApiKey> key) =>
        new(Named("key:" + key.Record.Id, key.Record.Scopes, "ApiKey"), key.Revoked, key.Record.ExpiresAt);

    /// <summary>A caller of a name.</summary>
    public static ClaimsPrincipal Named(string name, IEnumerable<string> scopes, string scheme) => new(new ClaimsIdentity(
        scopes.Select(scope => new Claim(Scopes.ClaimType, scope)).Prepend(new Claim(ClaimTypes.Name, name)), scheme));
}
