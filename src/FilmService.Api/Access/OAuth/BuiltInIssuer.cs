using FilmService.Api.Access.Authentication;
using FilmService.Domain.Access;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace FilmService.Api.Access.OAuth;

/// <summary>Issues access tokens to the service's own clients (RFC 9068 §2), and recognises their callers.</summary>
internal sealed class BuiltInIssuer(IssuerName name, SigningKeys keys, AccessDirectory directory, TimeProvider clock) : ITokenIssuer
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    public string Audience => name.Audience;

    public IReadOnlyList<string> Algorithms { get; } = [SecurityAlgorithms.EcdsaSha256];

    public async Task<string> CreateAsync(OAuthClient client, IReadOnlyList<string> scopes)
    {
        var now = clock.GetUtcNow();
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = AccessTokenRules.MediaType,
            SigningCredentials = await keys.GetSignerAsync(),
            Issuer = name.Value,
            Audience = name.Audience,
            IssuedAt = now.UtcDateTime,
            Expires = (now + Lifetime).UtcDateTime,
            Claims = new Dictionary<string, object>
            {
                ["sub"] = client.ClientId,
                ["client_id"] = client.ClientId,
                ["jti"] = Secret.CreateId(),
                ["scope"] = string.Join(' ', scopes),
            },
        });
    }

    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel)
    {
        var configuration = new OpenIdConnectConfiguration { Issuer = name.Value };
        foreach (var key in await keys.GetPublishedAsync())
        {
            configuration.SigningKeys.Add(key);
        }

        return configuration;
    }

    // All keys are local, so none can be missing for lack of a connection.
    public TimeSpan? UnreadableFor => null;

    public Task LookForKeyAsync(string kid) => Task.CompletedTask;

    public void RequestRefresh()
    {
    }

    // A deleted client's token is rejected at once, even if it has not expired.
    public Caller? CallerOf(JsonWebToken token) =>
        token.TryGetPayloadValue<string>("client_id", out var id) && directory.Clients.Find(id) is { } client
            ? new Caller("client:" + id, TokenScopes.Of(token), LogInMethods.Token, client.Revoked, token.ValidTo)
            : null;
}
