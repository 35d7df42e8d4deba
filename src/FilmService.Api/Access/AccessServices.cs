using FilmService.Api.Access.Account;
using FilmService.Api.Access.Administration;
using FilmService.Api.Access.Authentication;
using FilmService.Api.Access.Authorization;
using FilmService.Api.Access.OAuth;
using FilmService.Api.Access.OpenIdConnect;
using FilmService.Api.Access.Sessions;
using FilmService.Domain.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.HostFiltering;

namespace FilmService.Api.Access;

internal static class AccessServices
{
    /// <summary>The policy scheme: forwards to the scheme of the credential that the request carries.</summary>
    private const string ByCredential = "ByCredential";

    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddSingleton<AccessDirectory>();
        services.AddSingleton(provider => new UserDirectory(
            provider.GetRequiredService<AccessSettings>().Users.Select(user => user.User), provider.GetRequiredService<AccessDirectory>()));
        services.AddSingleton<OwnKeys>();
        services.AddSingleton<PasswordChange>();
        services.AddSingleton<FailedLoginLimiter>();
        services.AddSingleton<LoginAudit>();
        services.AddHostedService(provider => provider.GetRequiredService<LoginAudit>());
        services.AddSingleton<PasswordAuthentication>();
        services.AddSingleton<SessionDirectory>();
        services.AddSingleton<SessionAuthentication>();
        services.AddSingleton<SessionLogIn>();
        services.AddSingleton<LogInAttempts>();
        services.AddSingleton<OpenIdConnectLogIn>();
        services.AddHostedService<SessionExpiry>();
        services.AddTokens();

        // CrossSiteRequestMiddleware checks AllowedHosts. The framework would refuse the loopback names, with a page of its own.
        services.Configure<HostFilteringOptions>(filter => filter.AllowedHosts = ["*"]);
        services.AddAuthenticationSchemes()
            .AddPolicyScheme(ByCredential, null, options => options.ForwardDefaultSelector = SchemeOf)
            .AddBasicLogIn()
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, null)
            .AddAccessTokenLogIn();
        return services;
    }

    /// <summary>
    /// Authenticates requests that carry credentials. Requests without credentials, and those whose endpoint checks them itself,
    /// skip it: the framework's middleware would create a scope and a handler for them.
    /// </summary>
    public static void UseCallers(this IApplicationBuilder app)
    {
        RequestDelegate? withoutCaller = null;
        app.Use(next => context => Credential.IsIn(context.Request) && AuthorizationTable.Of(context) is not (RequiredAccess.Client or RequiredAccess.Session)
            ? next(context)
            : withoutCaller!(context));
        app.UseAuthentication();
        app.Use(next => withoutCaller = next);
        app.UseMiddleware<SessionMiddleware>();
    }

    // An unrecognised credential is not an API key either, so its handler fails it.
    private static string SchemeOf(HttpContext context) => Credential.Of(context.Request).Kind switch
    {
        CredentialKind.Basic => BasicAuthentication.Scheme,
        CredentialKind.Token => AccessTokenAuthentication.Scheme,
        _ => ApiKeyHandler.SchemeName,
    };

    private static void AddTokens(this IServiceCollection services)
    {
        services.AddSingleton<IssuerName>();
        services.AddSingleton<KeyProtection>();
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<BuiltInIssuer>();
        services.AddSingleton<TokenEndpoint>();
        services.AddSingleton<ITokenIssuer>(provider => provider.GetRequiredService<OAuthSettings>().Authority is null
            ? provider.GetRequiredService<BuiltInIssuer>()
            : new ExternalIssuer(provider.GetRequiredService<OAuthSettings>(), provider.ConfigurationOf(provider.GetRequiredService<OAuthSettings>().Authority!, isForLogins: false)));
        services.AddSingleton(provider => new OpenIdConnectClient(
            provider.GetRequiredService<OpenIdConnectSettings>(), provider.ConfigurationOf(provider.GetRequiredService<OpenIdConnectSettings>().Authority!, isForLogins: true), provider));
    }

    private static IssuerConfiguration ConfigurationOf(this IServiceProvider services, string authority, bool isForLogins) =>
        ActivatorUtilities.CreateInstance<IssuerConfiguration>(services, new IssuerDiscovery(authority, IssuerConfiguration.CreateClient(), isForLogins));

    // AddAuthentication would also set up Data Protection, whose key files are not needed here.
    private static AuthenticationBuilder AddAuthenticationSchemes(this IServiceCollection services)
    {
        services.AddAuthenticationCore(options => options.DefaultScheme = ByCredential).AddWebEncoders();
        services.AddSingleton<IAuthenticationConfigurationProvider, NoSchemeSettings>();
#pragma warning disable CS0618 // The Basic handler still requires this clock.
        services.AddSingleton<ISystemClock, SystemClock>();
#pragma warning restore CS0618
        return new AuthenticationBuilder(services);
    }

    // JwtBearer would read Authentication:Schemes, which is not one of the service's settings.
    private sealed class NoSchemeSettings : IAuthenticationConfigurationProvider
    {
        public IConfiguration AuthenticationConfiguration { get; } = new ConfigurationBuilder().Build();
    }
}
