using FilmService.Api.Access.Authentication;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace FilmService.Api.Access.OAuth;

/// <summary>An external issuer of access tokens.</summary>
internal sealed class ExternalIssuer(OAuthSettings settings, IssuerConfiguration configuration) : ITokenIssuer
{
    public string Audience => settings.Audience!;

    public IReadOnlyList<string> Algorithms => IssuerConfiguration.Algorithms;

    public TimeSpan? UnreadableFor => configuration.UnreadableFor;

    public Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel) => configuration.GetConfigurationAsync(cancel);

    public Task LookForKeyAsync(string kid) => configuration.LookForKeyAsync(kid);

    public void RequestRefresh()
    {
    }

    // A person is identified by its subject, a program by its client id: RFC 9068 §2.2 requires both claims.
    public Caller? CallerOf(JsonWebToken token) =>
        token.TryGetPayloadValue<string>("client_id", out var client) && client.Length > 0 && token.Subject is { Length: > 0 } subject
            ? new Caller((subject == client ? "client:" : "subject:") + subject, TokenScopes.Of(token), LogInMethods.Token, CancellationToken.None, token.ValidTo)
            : null;
}
