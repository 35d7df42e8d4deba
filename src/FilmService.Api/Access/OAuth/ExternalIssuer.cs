using FilmService.Api.Access.Authentication;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace FilmService.Api.Access.OAuth;

/// <summary>
/// An external issuer, found by discovery (OpenID Connect Discovery 1.0 §4, RFC 8414 §3). Its keys are fetched when they are
/// first needed, then every hour, and before a token with an unknown key is judged, but at most once a minute.
/// </summary>
internal sealed class ExternalIssuer(OAuthSettings settings, HttpClient http, TimeProvider clock, ILogger<ExternalIssuer> logger) : ITokenIssuer
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromHours(1);
    private static readonly TimeSpan MinPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly IssuerAddresses _addresses = new(settings.Authority!);
    private Task<OpenIdConnectConfiguration?> _reading = Task.FromResult<OpenIdConnectConfiguration?>(null);
    private long? _readAt;
    private long? _lookedAt;
    private volatile bool _failed;

    public string Audience => settings.Audience!;

    public IReadOnlyList<string> Algorithms { get; } = [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256];

    public TimeSpan? UnreadableFor
    {
        get
        {
            lock (_lock)
            {
                return _failed ? MinPause - clock.GetElapsedTime(_readAt!.Value) : null;
            }
        }
    }

    // Requests that arrive during a fetch wait for its result. Without any configuration no token can be checked.
    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel)
    {
        Task<OpenIdConnectConfiguration?> reading;
        lock (_lock)
        {
            var isKnown = !_reading.IsCompleted || _reading.Result is not null;
            reading = IsOver(_readAt, isKnown ? MaxAge : MinPause) ? Read() : _reading;
        }

        return await reading ?? new OpenIdConnectConfiguration { Issuer = settings.Authority };
    }

    // Anybody can invent a key id; that must not cause many requests to the issuer.
    public async Task LookForKeyAsync(string kid)
    {
        var known = await GetConfigurationAsync(CancellationToken.None);
        if (known.SigningKeys.Any(key => key.KeyId == kid))
        {
            return;
        }

        Task reading;
        lock (_lock)
        {
            if (IsOver(_lookedAt, MinPause) && !(_failed && !IsOver(_readAt, MinPause)))
            {
                _lookedAt = clock.GetTimestamp();
                Read();
            }

            reading = _reading;
        }

        await reading;
    }

    public void RequestRefresh()
    {
    }

    // A person is identified by its subject, a program by its client id: RFC 9068 §2.2 requires both claims.
    public Caller? CallerOf(JsonWebToken token) =>
        token.TryGetPayloadValue<string>("client_id", out var client) && client.Length > 0 && token.Subject is { Length: > 0 } subject
            ? new Caller((subject == client ? "client:" : "subject:") + subject, TokenScopes.Of(token), LogInMethods.Token, CancellationToken.None, token.ValidTo)
            : null;

    private bool IsOver(long? since, TimeSpan time) => since is not { } begin || clock.GetElapsedTime(begin) >= time;

    private Task<OpenIdConnectConfiguration?> Read()
    {
        _readAt = clock.GetTimestamp();
        return _reading = ReadAsync(before: _reading);
    }

    private async Task<OpenIdConnectConfiguration?> ReadAsync(Task<OpenIdConnectConfiguration?> before)
    {
        await Task.Yield(); // The lock is held for the decision, not for the request.
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var found = await DiscoverAsync(patience.Token);
            _failed = false;
            return found;
        }
        catch (Exception exception)
        {
            // Whatever the issuer sends or fails to send, it must not make a request here fail.
            _failed = true;
            logger.LogError(exception, "Cannot read the keys of the issuer {Authority}; the known keys stay in use", settings.Authority);
            return await before;
        }
    }

    private async Task<OpenIdConnectConfiguration> DiscoverAsync(CancellationToken cancel)
    {
        var documents = new HttpDocumentRetriever(http) { RequireHttps = _addresses.AreHttps, SendAdditionalHeaderData = false };
        var found = await FindAsync(documents, cancel);
        if (found.Issuer?.TrimEnd('/') != settings.Authority!.TrimEnd('/'))
        {
            // OpenID Connect Discovery §4.3: a document that names another issuer must not be used.
            throw new InvalidOperationException($"The document names another issuer, '{found.Issuer}'.");
        }

        return found;
    }

    private async Task<OpenIdConnectConfiguration> FindAsync(HttpDocumentRetriever documents, CancellationToken cancel)
    {
        try
        {
            return await OpenIdConnectConfigurationRetriever.GetAsync(_addresses.OpenId, documents, cancel);
        }
        catch (IOException)
        {
            return await OpenIdConnectConfigurationRetriever.GetAsync(_addresses.OAuth, documents, cancel);
        }
    }
}
