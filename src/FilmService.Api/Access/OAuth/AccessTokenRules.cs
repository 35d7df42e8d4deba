using System.Buffers;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace FilmService.Api.Access.OAuth;

/// <summary>What an access token must be (RFC 9068 §4): its form, type, algorithm, issuer, audience and times.</summary>
internal static class AccessTokenRules
{
    /// <summary>The type of a token (RFC 9068 §2.1).</summary>
    public const string MediaType = "at+jwt";

    private const int MaxLength = 8192;

    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    // Decoders take more, so that one token would have many spellings.
    private static readonly SearchValues<char> Base64Url = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <summary>What the library is to check.</summary>
    public static TokenValidationParameters Create(ITokenIssuer issuer, TimeProvider clock) => new()
    {
        ValidTypes = [MediaType, "application/" + MediaType],
        ValidAlgorithms = issuer.Algorithms,
        ValidAudience = issuer.Audience,
        IgnoreTrailingSlashWhenValidatingAudience = false,
        TryAllIssuerSigningKeys = false,
        RequireSignedTokens = true,
        LifetimeValidator = (notBefore, expires, token, _) => IsInTime(clock.GetUtcNow().UtcDateTime, notBefore, expires, ((JsonWebToken)token).IssuedAt),
    };

    /// <summary>The token, not yet checked; null when it is no JWT in its compact form (RFC 7515 §7.1), or asks for what nobody here understands.</summary>
    public static JsonWebToken? Read(string token)
    {
        if (token.Length > MaxLength || token.AsSpan().ContainsAnyExcept(Base64Url))
        {
            return null;
        }

        try
        {
            var read = new JsonWebToken(token);

            // RFC 7515 §4.1.11: extensions that are critical must be understood, and none is.
            return read.TryGetHeaderValue<object>("crit", out _) ? null : read;
        }
        catch (Exception exception) when (exception is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }

    // The end is exact: a skew would lengthen every token's life. A beginning is the issuer's clock against this one.
    private static bool IsInTime(DateTime now, DateTime? notBefore, DateTime? expires, DateTime issuedAt) =>
        expires > now && !(notBefore > now + ClockSkew) && issuedAt <= now + ClockSkew;
}
