using System.ComponentModel;
using System.Text.Json.Serialization;
using FilmService.Api.Access.Authorization;
using FilmService.Api.Http.Problems;
using FilmService.Api.Http.Results;
using FilmService.Api.Http.Strictness;
using Microsoft.AspNetCore.Mvc;
using Microsoft.IdentityModel.Tokens;

namespace FilmService.Api.Access.OAuth;

/// <summary>What the built-in issuer can do (RFC 8414 §2).</summary>
/// <param name="Issuer">The issuer's name.</param>
/// <param name="TokenEndpoint">The URL of the token endpoint.</param>
/// <param name="JwksUri">The URL of its public keys.</param>
/// <param name="ResponseTypes">None: there is no authorization endpoint.</param>
/// <param name="GrantTypes">The supported grant types.</param>
/// <param name="AuthMethods">How clients authenticate.</param>
/// <param name="Scopes">The supported scopes.</param>
public sealed record IssuerMetadata(
    [property: JsonPropertyName("issuer")] string Issuer,
    [property: JsonPropertyName("token_endpoint")] string TokenEndpoint,
    [property: JsonPropertyName("jwks_uri")] string JwksUri,
    [property: JsonPropertyName("response_types_supported")] IReadOnlyList<string> ResponseTypes,
    [property: JsonPropertyName("grant_types_supported")] IReadOnlyList<string> GrantTypes,
    [property: JsonPropertyName("token_endpoint_auth_methods_supported")] IReadOnlyList<string> AuthMethods,
    [property: JsonPropertyName("scopes_supported")] IReadOnlyList<string> Scopes);

/// <summary>A public key (RFC 7517 §4, RFC 7518 §6.2.1).</summary>
/// <param name="Kty">Always <c>EC</c>.</param>
/// <param name="Crv">Always <c>P-256</c>.</param>
/// <param name="X">The x coordinate.</param>
/// <param name="Y">The y coordinate.</param>
/// <param name="Kid">The key's id.</param>
/// <param name="Use">Always <c>sig</c>.</param>
/// <param name="Alg">Always <c>ES256</c>.</param>
public sealed record PublishedKey(string Kty, string Crv, string X, string Y, string Kid, string Use, string Alg)
{
    internal static PublishedKey Of(ECDsaSecurityKey key)
    {
        var point = key.ECDsa.ExportParameters(includePrivateParameters: false).Q;
        return new PublishedKey("EC", "P-256", Base64UrlEncoder.Encode(point.X), Base64UrlEncoder.Encode(point.Y), key.KeyId, "sig", SecurityAlgorithms.EcdsaSha256);
    }
}

/// <summary>The public keys (RFC 7517 §5).</summary>
/// <param name="Keys">Every key that may have signed a valid token.</param>
public sealed record PublishedKeys(IReadOnlyList<PublishedKey> Keys);

/// <summary>Tells clients and resource servers about the built-in issuer.</summary>
[ApiController]
[Description("Metadata of the built-in token issuer, for clients and resource servers.")]
[Route(".well-known")]
public sealed class MetadataController(OAuthSettings settings, IServiceProvider services) : ControllerBase
{
    /// <summary>Describes the built-in issuer (RFC 8414).</summary>
    /// <response code="200">Its metadata.</response>
    /// <response code="404">Tokens are issued by an external issuer.</response>
    [HttpGet("oauth-authorization-server", Name = "getIssuer"), HttpHead("oauth-authorization-server")]
    [ProducesResponseType<IssuerMetadata>(StatusCodes.Status200OK, "application/json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound, "application/problem+json")]
    public ActionResult Get() => settings.Authority is null && services.GetRequiredService<IssuerName>() is var name
        ? JsonBytesResult.Of(new IssuerMetadata(
            name.Value, name.Value + "/oauth/token", name.Value + "/.well-known/jwks.json",
            [], ["client_credentials"], ["client_secret_basic", "client_secret_post"], Scopes.All))
        : Outside();

    /// <summary>Lists the keys of the built-in issuer (RFC 7517).</summary>
    /// <response code="200">The public keys.</response>
    /// <response code="404">Tokens are issued by an external issuer.</response>
    [HttpGet("jwks.json", Name = "getKeys"), HttpHead("jwks.json")]
    [Representations("application/json", "application/jwk-set+json")]
    [ProducesResponseType<PublishedKeys>(StatusCodes.Status200OK, "application/json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound, "application/problem+json")]
    public async Task<ActionResult> GetKeys()
    {
        if (settings.Authority is not null)
        {
            return Outside();
        }

        Response.Headers.CacheControl = "public, max-age=300";
        return JsonBytesResult.Of(new PublishedKeys((await services.GetRequiredService<SigningKeys>().GetPublishedAsync()).Select(PublishedKey.Of).ToList()));
    }

    private static ProblemResult Outside() => new(new Problem(ProblemTypes.NotFound, "This service uses an external token issuer."));
}
