using FilmService.Api.Access.LogIn;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace FilmService.Api.Access.OAuth;

/// <summary>What is believed of tokens.</summary>
/// <param name="Issuer">The <c>iss</c> that a token must have.</param>
/// <param name="Audience">The <c>aud</c> that a token must name.</param>
/// <param name="Algorithms">The algorithms that a signature may have; never one with a shared secret.</param>
/// <param name="Keys">The keys that may sign.</param>
internal sealed record TrustedIssuer(string Issuer, string Audience, IReadOnlyList<string> Algorithms, IReadOnlyList<SecurityKey> Keys);

/// <summary>The one issuer whose tokens are taken: the built-in one, or one outside.</summary>
internal interface ITokenIssuer
{
    /// <summary>What is believed now; null when it cannot be found out.</summary>
    ValueTask<TrustedIssuer?> GetAsync();

    /// <summary>Looks for new keys, because a token names one that is not among these; false when there is nothing new to be had now.</summary>
    Task<bool> RefreshAsync(TrustedIssuer used);

    /// <summary>The caller of a token whose signature and times are right; null when it is nobody's.</summary>
    Caller? CallerOf(JsonWebToken token);
}
