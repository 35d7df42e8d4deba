using FilmService.Api.Access.LogIn;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace FilmService.Api.Access.OAuth;

/// <summary>
/// Checks access tokens (RFC 9068 §4): type, algorithm, signature, issuer, audience, time, client. A token that was found right
/// is remembered under a keyed hash, for a minute and not beyond its end, because a signature costs more than a request.
/// </summary>
internal sealed class AccessTokens(ITokenIssuer issuer, TimeProvider clock)
{
    private const int Capacity = 10_000;
    private const int MaxLength = 8192;

    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = MaxLength };

    private readonly BoundedMemory<Entry> _memory = new(Capacity, Remembered, clock);

    /// <summary>The caller; null when the token is not valid.</summary>
    public async ValueTask<Caller?> FindCallerAsync(string token)
    {
        var key = KeyedHash.Of(token);
        if (_memory.Find(key) is { } entry && clock.GetElapsedTime(entry.At) < Remembered)
        {
            return entry.Caller.ExpiresAt > clock.GetUtcNow() && !entry.Caller.Revoked.IsCancellationRequested ? entry.Caller : null;
        }

        var caller = token.Length <= MaxLength ? await CheckAsync(token) : null;
        if (caller is not null)
        {
            _memory.Keep(key, new Entry(caller, clock.GetTimestamp()));
        }

        return caller;
    }

    private async Task<Caller?> CheckAsync(string token)
    {
        if (await issuer.GetAsync() is not { } trusted)
        {
            return null;
        }

        var result = await ValidateAsync(token, trusted);
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException && await issuer.RefreshAsync(trusted))
        {
            result = await ValidateAsync(token, (await issuer.GetAsync())!);
        }

        return result.IsValid ? issuer.CallerOf((JsonWebToken)result.SecurityToken) : null;
    }

    private Task<TokenValidationResult> ValidateAsync(string token, TrustedIssuer trusted) =>
        Handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidTypes = ["at+jwt", "application/at+jwt"],
            ValidAlgorithms = trusted.Algorithms,
            ValidIssuer = trusted.Issuer,
            ValidAudience = trusted.Audience,
            IssuerSigningKeys = trusted.Keys,
            TryAllIssuerSigningKeys = false,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            LifetimeValidator = IsInTime,
            ClockSkew = ClockSkew,
        });

    private bool IsInTime(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var issuedAt = ((JsonWebToken)token).TryGetPayloadValue<long>("iat", out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime : now;
        return expires > now && !(notBefore > now + ClockSkew) && issuedAt <= now + ClockSkew;
    }

    private sealed record Entry(Caller Caller, long At);
}
