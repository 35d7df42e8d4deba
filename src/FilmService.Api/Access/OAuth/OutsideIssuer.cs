using System.Text.Json;
using FilmService.Api.Access.LogIn;
using FilmService.Api.Settings;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace FilmService.Api.Access.OAuth;

/// <summary>
/// An issuer elsewhere, found by discovery (OpenID Connect Discovery 1.0 §4, RFC 8414 §3). Its keys are read when they are first
/// needed, again every hour, and at once for an unknown key, but never more than once a minute.
/// </summary>
internal sealed class OutsideIssuer(OAuthSettings settings, HttpClient http, TimeProvider clock, ILogger<OutsideIssuer> logger) : ITokenIssuer, IDisposable
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromHours(1);
    private static readonly TimeSpan MinPause = TimeSpan.FromMinutes(1);
    private static readonly string[] Algorithms = [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256];
    private static readonly string[] WellKnown = ["/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"];

    private readonly SemaphoreSlim _reading = new(1);
    private volatile Reading? _last;
    private readonly Lock _refreshing = new();
    private long? _refreshed;

    public async ValueTask<TrustedIssuer?> GetAsync()
    {
        var last = _last;
        if (last is null || clock.GetElapsedTime(last.At) >= (last.Trusted is null ? MinPause : MaxAge))
        {
            await ReadAsync(last);
        }

        return _last!.Trusted;
    }

    public async Task<bool> RefreshAsync(TrustedIssuer used)
    {
        if (_last is { } last && ReferenceEquals(last.Trusted, used) && MayRefresh())
        {
            await ReadAsync(last);
        }

        return !ReferenceEquals(_last!.Trusted, used);
    }

    // Anybody can invent a key's name; that must not become many requests to the issuer.
    private bool MayRefresh()
    {
        lock (_refreshing)
        {
            if (_refreshed is { } at && clock.GetElapsedTime(at) < MinPause)
            {
                return false;
            }

            _refreshed = clock.GetTimestamp();
            return true;
        }
    }

    // A person is their subject, a program its client id: RFC 9068 §2.2 asks for both.
    public Caller? CallerOf(JsonWebToken token) =>
        token.TryGetPayloadValue<string>("client_id", out var client) && client.Length > 0 && token.Subject is { Length: > 0 } subject
            ? new Caller(Caller.Named((subject == client ? "client:" : "subject:") + subject, TokenScopes.Of(token), "Bearer"), CancellationToken.None, token.ValidTo)
            : null;

    // Many requests meet old keys at once; one reads for all.
    private async Task ReadAsync(Reading? seen)
    {
        await _reading.WaitAsync();
        try
        {
            if (ReferenceEquals(_last, seen))
            {
                _last = new Reading(await DiscoverAsync() ?? seen?.Trusted, clock.GetTimestamp());
            }
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task<TrustedIssuer?> DiscoverAsync()
    {
        try
        {
            using var metadata = await FindMetadataAsync();
            var issuer = metadata.RootElement.GetProperty("issuer").GetString()!;
            if (issuer.TrimEnd('/') != settings.Authority!.TrimEnd('/'))
            {
                // OpenID Connect Discovery §4.3: another issuer's document must not be used.
                logger.LogError("The document of the issuer {Authority} names another one, {Issuer}", settings.Authority, issuer);
                return null;
            }

            var keys = new JsonWebKeySet(await http.GetStringAsync(new Uri(metadata.RootElement.GetProperty("jwks_uri").GetString()!)));
            return new TrustedIssuer(issuer, settings.Audience!, Algorithms, [.. keys.GetSigningKeys().Where(key => key is not SymmetricSecurityKey)]);
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or OperationCanceledException or ArgumentException
            or InvalidOperationException or KeyNotFoundException or UriFormatException)
        {
            logger.LogError(exception, "The keys of the issuer {Authority} cannot be read; those that are known stay", settings.Authority);
            return null;
        }
    }

    private async Task<JsonDocument> FindMetadataAsync()
    {
        var authority = settings.Authority!.TrimEnd('/');
        var found = await http.GetAsync(new Uri(authority + WellKnown[0]));
        if (!found.IsSuccessStatusCode)
        {
            found = await http.GetAsync(new Uri(authority + WellKnown[1]));
        }

        return JsonDocument.Parse(await found.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
    }

    public void Dispose() => _reading.Dispose();

    private sealed record Reading(TrustedIssuer? Trusted, long At);
}
