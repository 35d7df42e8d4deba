using FilmService.Api.Access.OAuth;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace FilmService.Api.Access.OpenIdConnect;

/// <summary>
/// The framework's handler of OpenID Connect: authorization code with PKCE. It is made for the requests of a login only. As a scheme
/// of the service it would be loaded at every start, and asked about every request with credentials.
/// </summary>
internal sealed class OpenIdConnectClient(OpenIdConnectSettings settings, IssuerConfiguration issuer, IServiceProvider services)
{
    /// <summary>Where the issuer leads back to.</summary>
    public const string CallbackPath = OpenIdConnectSettings.Path + "/callback";

    private static readonly AuthenticationScheme Scheme = new(OpenIdConnectDefaults.AuthenticationScheme, null, typeof(LogInHandler));

    private readonly Lazy<OpenIdConnectOptions> _options = new(() => CreateOptions(settings, issuer, services));

    /// <summary>How long nobody can log in, because the issuer's metadata cannot be read or used; null if they can.</summary>
    public Task<TimeSpan?> UnavailableForAsync() => issuer.UnavailableForAsync();

    public async Task<LogInHandler> HandlerForAsync(HttpContext context)
    {
        var handler = new LogInHandler(_options.Value, services.GetRequiredService<LogInAttempts>());
        await handler.InitializeAsync(Scheme, context);
        return handler;
    }

    /// <summary>What a login carries with it.</summary>
    /// <param name="to">Where it leads in the end.</param>
    public AuthenticationProperties PropertiesFor(string to) => new() { RedirectUri = to, ExpiresUtc = _options.Value.TimeProvider!.GetUtcNow() + LogInAttempts.Lifetime };

    // The handler has read the keys before the token, whose key may be newer. By now they are known, so nothing is waited for. Only
    // the token of an issuer with one key may not name it (OpenID Connect Core 1.0 §10.1).
    private static IEnumerable<SecurityKey> KeysOf(IssuerConfiguration issuer, string? kid)
    {
        var keys = issuer.GetConfigurationAsync(CancellationToken.None).GetAwaiter().GetResult().SigningKeys;
        return string.IsNullOrEmpty(kid) ? keys.Where(_ => keys.Count == 1) : keys.Where(key => key.KeyId == kid);
    }

    // The reason is for the log: a clock that is wrong is the most frequent one.
    private static LifetimeValidator TimesBy(TimeProvider clock)
    {
        var isInTime = AccessTokenRules.TimesBy(clock);
        return (notBefore, expires, token, parameters) => isInTime(notBefore, expires, token, parameters) ? true : throw new SecurityTokenInvalidLifetimeException(
            $"The ID token is not valid at {clock.GetUtcNow().UtcDateTime:s}Z by this machine's clock: issued at {((JsonWebToken)token).IssuedAt:s}Z, valid from {notBefore:s}Z to {expires:s}Z.");
    }

    private static OpenIdConnectOptions CreateOptions(OpenIdConnectSettings settings, IssuerConfiguration issuer, IServiceProvider services)
    {
        var options = new OpenIdConnectOptions
        {
            ClientId = settings.ClientId,
            ClientSecret = settings.ClientSecret,
            CallbackPath = CallbackPath,
            ResponseType = OpenIdConnectResponseType.Code,
            ResponseMode = OpenIdConnectResponseMode.Query,
            // Every beginning of a login would be a request to the issuer.
            PushedAuthorizationBehavior = PushedAuthorizationBehavior.Disable,
            ConfigurationManager = issuer,
            Backchannel = IssuerConfiguration.CreateClient(),
            RefreshOnIssuerKeyNotFound = false,
            MapInboundClaims = false,
            DisableTelemetry = true,
            TimeProvider = services.GetRequiredService<TimeProvider>(),
            Events = ActivatorUtilities.CreateInstance<OpenIdConnectLogInEvents>(services, issuer, settings),
            TokenValidationParameters = new TokenValidationParameters
            {
                ValidAlgorithms = IssuerConfiguration.Algorithms,
                IgnoreTrailingSlashWhenValidatingAudience = false,
                IssuerSigningKeyResolver = (_, _, kid, _) => KeysOf(issuer, kid),
                TryAllIssuerSigningKeys = false,
                LifetimeValidator = TimesBy(services.GetRequiredService<TimeProvider>()),
            },
        };
        options.ClaimActions.Clear();
        options.Scope.Clear();
        settings.RequestedScopes.ToList().ForEach(options.Scope.Add);
        LogInCookies.Name(options);
        new OpenIdConnectPostConfigureOptions(ActivatorUtilities.CreateInstance<LogInKeys>(services).CreateProvider()).PostConfigure(Scheme.Name, options);
        return options;
    }
}
