using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace FilmService.Api.Access.OAuth;

/// <summary>
/// The metadata and keys of an external issuer. They are fetched when they are first needed, then every hour, and before a token with
/// an unknown key is judged, but at most once a minute.
/// </summary>
/// <param name="discovery">Fetches them.</param>
/// <param name="clock">The clock.</param>
/// <param name="logger">Where failures are logged.</param>
internal sealed class IssuerConfiguration(IssuerDiscovery discovery, TimeProvider clock, ILogger<IssuerConfiguration> logger) : IConfigurationManager<OpenIdConnectConfiguration>
{
    /// <summary>The accepted signature algorithms; never one with a shared secret.</summary>
    public static readonly IReadOnlyList<string> Algorithms = [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256];

    private const int MaxBytes = 1_000_000;
    private const int MaxConnections = 16;

    /// <summary>The time between two attempts to fetch what could not be fetched.</summary>
    public static readonly TimeSpan MinPause = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan MaxAge = TimeSpan.FromHours(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private Task<OpenIdConnectConfiguration?> _reading = Task.FromResult<OpenIdConnectConfiguration?>(null);
    private long? _readAt;
    private long? _lookedAt;
    private volatile bool _failed;

    /// <summary>A client for requests to an issuer. What it answers is small: an oversized response or a redirect is not accepted.</summary>
    public static HttpClient CreateClient() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = MaxConnections })
    {
        MaxResponseContentBufferSize = MaxBytes,
        Timeout = Patience,
    };

    /// <summary>Time until it can be fetched again, if the last attempt failed; else null.</summary>
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

    /// <summary>How long until it is fetched again, if there is no usable one; null if there is one.</summary>
    public async Task<TimeSpan?> UnavailableForAsync() => await FindAsync() is null ? UnreadableFor ?? MinPause : null;

    // Without any configuration no token can be checked.
    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel) =>
        await FindAsync() ?? new OpenIdConnectConfiguration { Issuer = discovery.Authority };

    // Requests that arrive during a fetch wait for its result.
    private Task<OpenIdConnectConfiguration?> FindAsync()
    {
        lock (_lock)
        {
            var isKnown = !_reading.IsCompleted || _reading.Result is not null;
            return IsOver(_readAt, isKnown ? MaxAge : MinPause) ? Read() : _reading;
        }
    }

    /// <summary>Fetches the keys if a token's key is unknown and a fetch is due. Anybody can invent a key id, which must not cause many requests to the issuer.</summary>
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

    private bool IsOver(long? since, TimeSpan time) => since is not { } begin || clock.GetElapsedTime(begin) >= time;

    private Task<OpenIdConnectConfiguration?> Read()
    {
        _readAt = clock.GetTimestamp();
        return _reading = ReadAsync(before: _reading);
    }

    private async Task<OpenIdConnectConfiguration?> ReadAsync(Task<OpenIdConnectConfiguration?> before)
    {
        await Task.Yield(); // The lock is held for the decision, not for the request.
        using var patience = new CancellationTokenSource(Patience, clock);
        try
        {
            // The library ignores the token while a document is on its way: alone, each could take as long as the client allows.
            var found = await discovery.ReadAsync(patience.Token).WaitAsync(patience.Token);
            _failed = false;
            return found;
        }
        catch (Exception exception)
        {
            // Whatever the issuer sends or fails to send, it must not make a request here fail.
            _failed = true;
            var reason = patience.IsCancellationRequested ? $"There was no answer within {Patience.TotalSeconds} seconds." : FailureReason.Of(exception);
            logger.LogError("Cannot read the metadata and keys of the issuer {Authority}; those that are known stay in use. {Reason}", discovery.Authority, reason);
            return await before;
        }
    }
}
