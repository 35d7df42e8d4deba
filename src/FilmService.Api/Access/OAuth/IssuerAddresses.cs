namespace FilmService.Api.Access.OAuth;

/// <summary>The URLs of an issuer's metadata.</summary>
/// <param name="authority">The issuer's name, an absolute URL.</param>
internal sealed class IssuerAddresses(string authority)
{
    private readonly Uri _authority = new(authority.TrimEnd('/'));

    /// <summary>The well-known path at the end of the name (OpenID Connect Discovery 1.0 §4).</summary>
    public string OpenId => authority.TrimEnd('/') + "/.well-known/openid-configuration";

    /// <summary>The well-known path between host and path (RFC 8414 §3.1).</summary>
    public string OAuth => _authority.GetLeftPart(UriPartial.Authority) + "/.well-known/oauth-authorization-server" + _authority.AbsolutePath.TrimEnd('/');

    /// <summary>False only on a developer's machine; everywhere else the URLs in the metadata must be HTTPS as well.</summary>
    public bool AreHttps => _authority.Scheme == Uri.UriSchemeHttps;

    /// <summary>True if people's browsers can be led there, and the client's secret sent. On a developer's machine it may be <c>http</c>, but not to other machines.</summary>
    public bool MayReceiveSecrets(string? address) =>
        address is not null && address.All(character => character is > ' ' and <= '~') && Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (AreHttps ? uri.Scheme == Uri.UriSchemeHttps : OAuthSettings.IsPrivate(uri));
}
