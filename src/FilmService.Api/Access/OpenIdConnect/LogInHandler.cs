using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace FilmService.Api.Access.OpenIdConnect;

/// <summary>
/// The framework's handler. It asks the issuer only for a login that began in this browser, and once. It has no logger: it would log
/// each failure with everything that the issuer has sent; <see cref="OpenIdConnectLogInEvents"/> logs the reason.
/// </summary>
internal sealed class LogInHandler(OpenIdConnectOptions options, LogInAttempts attempts)
    : OpenIdConnectHandler(new FixedOptions(options), NullLoggerFactory.Instance, HtmlEncoder.Default, UrlEncoder.Default)
{
    // The framework's name for the login's identifier, which the state contains and the name of the cookie ends with.
    private const string Correlation = ".xsrf";

    protected override bool ValidateCorrelationId(AuthenticationProperties properties)
    {
        var id = properties.Items[Correlation]!;
        return base.ValidateCorrelationId(properties) && properties.ExpiresUtc > TimeProvider.GetUtcNow() && attempts.Begin(Context, id);
    }

    private sealed class FixedOptions(OpenIdConnectOptions options) : IOptionsMonitor<OpenIdConnectOptions>
    {
        public OpenIdConnectOptions CurrentValue => options;

        public OpenIdConnectOptions Get(string? name) => options;

        public IDisposable? OnChange(Action<OpenIdConnectOptions, string?> listener) => null;
    }
}
