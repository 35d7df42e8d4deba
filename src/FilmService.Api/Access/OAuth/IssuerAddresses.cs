namespace FilmService.Api.Access.OAuth;

/// <summary>Where an issuer describes itself.</summary>
/// <param name="authority">Its name, an absolute address.</param>
internal sealed class IssuerAddresses(string authority)
{
    private readonly Uri _authority = new(authority.TrimEnd('/'));

    /// <summary>At the end of the name (OpenID Connect Discovery 1.0 §4).</summary>
    public string OpenId => authority.TrimEnd('/') + "/.well-known/openid-configuration";

    /// <summary>Between the host and the path (RFC 8414 §3.1).</summary>
    public string OAuth => _authority.GetLeftPart(UriPartial.Authority) + "/.well-known/oauth-authorization-server" + _authority.AbsolutePath.TrimEnd('/');

    /// <summary>False on a developer's machine alone: what the document leads to must be safe from others too.</summary>
    public bool AreHttps => _authority.Scheme == Uri.UriSchemeHttps;
}
