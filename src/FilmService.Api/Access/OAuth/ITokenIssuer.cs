using FilmService.Api.Access.Authentication;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace FilmService.Api.Access.OAuth;

/// <summary>
/// The one issuer whose tokens are accepted, built-in or external. Its configuration consists of its name and its keys.
/// </summary>
internal interface ITokenIssuer : IConfigurationManager<OpenIdConnectConfiguration>
{
    /// <summary>The <c>aud</c> that a token must contain.</summary>
    string Audience { get; }

    /// <summary>The accepted signature algorithms; never one with a shared secret.</summary>
    IReadOnlyList<string> Algorithms { get; }

    /// <summary>Fetches the keys if the token's key is unknown and a fetch is due.</summary>
    Task LookForKeyAsync(string kid);

    /// <summary>
    /// Time until an unknown key can be looked up again, if the keys could not be fetched; null if all of the issuer's keys are
    /// known.
    /// </summary>
    TimeSpan? UnreadableFor { get; }

    /// <summary>The caller of a token whose signature and times are valid; null if it belongs to nobody.</summary>
    Caller? CallerOf(JsonWebToken token);
}
