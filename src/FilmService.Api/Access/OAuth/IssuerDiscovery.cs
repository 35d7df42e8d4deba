using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace FilmService.Api.Access.OAuth;

/// <summary>Reads the metadata and keys of an external issuer (OpenID Connect Discovery 1.0 §4, RFC 8414 §3).</summary>
/// <param name="authority">The issuer's name.</param>
/// <param name="http">The client to fetch them with.</param>
/// <param name="isForLogins">True if people log in there, for which it needs more than keys.</param>
internal sealed class IssuerDiscovery(string authority, HttpClient http, bool isForLogins)
{
    private readonly IssuerAddresses _addresses = new(authority);

    public string Authority => authority;

    /// <exception cref="InvalidOperationException">The metadata cannot be used. There are other exceptions if it cannot be read.</exception>
    public async Task<OpenIdConnectConfiguration> ReadAsync(CancellationToken cancel)
    {
        var found = await FindAsync(new HttpDocumentRetriever(http) { RequireHttps = _addresses.AreHttps, SendAdditionalHeaderData = false }, cancel);
        if (found.Issuer?.TrimEnd('/') != authority.TrimEnd('/'))
        {
            // OpenID Connect Discovery §4.3: a document that names another issuer must not be used.
            throw new InvalidOperationException($"The document names another issuer, '{found.Issuer}'.");
        }

        if (isForLogins)
        {
            CheckForLogins(found);
        }

        return found;
    }

    private void CheckForLogins(OpenIdConnectConfiguration found)
    {
        Check("authorization_endpoint", found.AuthorizationEndpoint);
        Check("token_endpoint", found.TokenEndpoint);
        if (found.SigningKeys.Count == 0)
        {
            throw new InvalidOperationException($"There are no keys at the document's 'jwks_uri', '{found.JwksUri}'.");
        }
    }

    private async Task<OpenIdConnectConfiguration> FindAsync(HttpDocumentRetriever documents, CancellationToken cancel)
    {
        try
        {
            return await OpenIdConnectConfigurationRetriever.GetAsync(_addresses.OpenId, documents, cancel);
        }
        catch (IOException first)
        {
            try
            {
                return await OpenIdConnectConfigurationRetriever.GetAsync(_addresses.OAuth, documents, cancel);
            }
            catch (IOException second)
            {
                throw new AggregateException(first, second);
            }
        }
    }

    private void Check(string name, string? address)
    {
        if (!_addresses.MayReceiveSecrets(address))
        {
            throw new InvalidOperationException($"The document's '{name}' is '{address}', not an https URL of visible ASCII characters.");
        }
    }
}
