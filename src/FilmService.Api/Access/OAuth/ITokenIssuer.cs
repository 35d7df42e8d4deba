using FilmService.Api.Access.Authentication;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace FilmService.Api.Access.OAuth;

/// <summary>The one issuer whose tokens are taken: the built-in one, or one outside. Its configuration is its name and its keys.</summary>
internal interface ITokenIssuer : IConfigurationManager<OpenIdConnectConfiguration>
{
    /// <summary>The <c>aud</c> that a token must name.</summary>
    string Audience { get; }

    /// <summary>The algorithms that a signature may have; never one with a shared secret.</summary>
    IReadOnlyList<string> Algorithms { get; }

    /// <summary>Sees to it that the configuration has the key that a token names, if there is such a key and it is time to look.</summary>
    Task LookForKeyAsync(string kid);

    /// <summary>How long until an unknown key can be looked for, when its keys could not be read; null when what is known is all there is.</summary>
    TimeSpan? UnreadableFor { get; }

    /// <summary>The caller of a token whose signature and times are right; null when it is nobody's.</summary>
    Caller? CallerOf(JsonWebToken token);
}
