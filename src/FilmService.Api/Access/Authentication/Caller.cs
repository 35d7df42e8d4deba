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

    /// <summary>When the credentials expire; null if they never do.</summary>
    public DateTimeOffset? ExpiresAt => expiresAt;

    public void EnsureNotRevoked(HttpRequest request)
    {
        if (revoked.IsCancellationRequested)
        {
            throw new ProblemException(Challenges.Revoked(request, isBearer: method != LogInMethods.Basic));
        }
    }

    /// <summary>
    /// A user's caller name is the user's name. It has no ':', so no other kind of caller can be mistaken for a user.
    /// </summary>
    public static Caller Of(InMemoryEntry<User> user) => new(user.Record.Name, user.Record.Scopes, LogInMethods.Basic, user.Revoked);

    public static Caller Of(InMemoryEntry<ApiKey> key) =>
        new("key:" + key.Record.Id, key.Record.Scopes, LogInMethods.ApiKey, key.Revoked, key.Record.ExpiresAt);
}
