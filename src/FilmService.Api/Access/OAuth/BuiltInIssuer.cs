using FilmService.Api.Access.Authentication;
using FilmService.Domain.Access;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace FilmService.Api.Access.OAuth;

/// <summary>Makes access tokens for the service's own clients (RFC 9068 §2), and takes them.</summary>
internal sealed class BuiltInIssuer(IssuerName name, SigningKeys keys, AccessDirectory directory, TimeProvider clock) : ITokenIssuer
{
    /// <summary>How long a token is valid.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    public string Audience => name.Audience;

    public IReadOnlyList<string> Algorithms { get; } = [SecurityAlgorithms.EcdsaSha256];

    /// <summary>A new token for a client.</summary>
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

    // The keys are here, and all of them are known.
    public TimeSpan? UnreadableFor => null;

    public Task LookForKeyAsync(string kid) => Task.CompletedTask;

    public void RequestRefresh()
    {
    }

    // The token of a deleted client is worth nothing, however long it would be valid.
    public Caller? CallerOf(JsonWebToken token) =>
        token.TryGetPayloadValue<string>("client_id", out var id) && directory.Clients.Find(id) is { } client
            ? new Caller("client:" + id, TokenScopes.Of(token), AccessTokenAuthentication.Scheme, client.Revoked, token.ValidTo)
            : null;
}
