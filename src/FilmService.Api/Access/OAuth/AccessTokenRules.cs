using System.Buffers;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace FilmService.Api.Access.OAuth;

/// <summary>The requirements for an access token (RFC 9068 §4): form, type, algorithm, issuer, audience and times.</summary>
internal static class AccessTokenRules
{
    /// <summary>The <c>typ</c> of a token (RFC 9068 §2.1).</summary>
    public const string MediaType = "at+jwt";

    private const int MaxLength = 8192;

    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    // Decoders accept more, which would give one token many spellings.
    private static readonly SearchValues<char> Base64Url = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <summary>The parameters for the library's checks.</summary>
    public static TokenValidationParameters Create(ITokenIssuer issuer, TimeProvider clock) => new()
    {
        ValidTypes = [MediaType, "application/" + MediaType],
        ValidAlgorithms = issuer.Algorithms,
        ValidAudience = issuer.Audience,
        IgnoreTrailingSlashWhenValidatingAudience = false,
        TryAllIssuerSigningKeys = false,
        RequireSignedTokens = true,
        LifetimeValidator = TimesBy(clock),
    };

    /// <summary>The check of a token's times.</summary>
    public static LifetimeValidator TimesBy(TimeProvider clock) =>
        (notBefore, expires, token, _) => IsInTime(clock.GetUtcNow().UtcDateTime, notBefore, expires, ((JsonWebToken)token).IssuedAt);

    /// <summary>
    /// The parsed token, not yet verified; null if it is not a JWT in compact form (RFC 7515 §7.1), or has critical extensions.
    /// </summary>
    public static JsonWebToken? Read(string token, int maxLength = MaxLength)
    {
        if (token.Length > maxLength || token.AsSpan().ContainsAnyExcept(Base64Url))
        {
            return null;
        }

        try
        {
            var read = new JsonWebToken(token);

            // RFC 7515 §4.1.11: critical extensions must be understood, and none is supported.
            return read.TryGetHeaderValue<object>("crit", out _) ? null : read;
        }
        catch (Exception exception) when (exception is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }

    // The expiry is exact: a tolerance would lengthen every token's life. The start times allow for a difference between the
    // issuer's clock and this one.
    private static bool IsInTime(DateTime now, DateTime? notBefore, DateTime? expires, DateTime issuedAt) =>
        expires > now && !(notBefore > now + ClockSkew) && issuedAt <= now + ClockSkew;
}
