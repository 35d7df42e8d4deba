using FilmService.Api.Access.Authentication;
using FilmService.Api.Access.Authorization;
using FilmService.Api.Access.OAuth;
using FilmService.Domain.Access;
using Microsoft.AspNetCore.Authentication;

namespace FilmService.Api.Access;

/// <summary>Registers who may do what.</summary>
internal static class AccessServices
{
    private const int IssuerMaxBytes = 1_000_000;

    /// <summary>The scheme that chooses another by what the request carries.</summary>
    private const string ByCredential = "ByCredential";

    /// <summary>Adds the ways to log in.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddSingleton<AccessDirectory>();
        services.AddSingleton(provider => new UserDirectory(
            provider.GetRequiredService<AccessSettings>().Users.Select(user => user.User), provider.GetRequiredService<AccessDirectory>()));
        services.AddSingleton<FailedLoginLimiter>();
        services.AddSingleton<PasswordAuthentication>();
        services.AddTokens();
        services.AddAuthenticationSchemes()
            .AddPolicyScheme(ByCredential, null, options => options.ForwardDefaultSelector = SchemeOf)
            .AddBasicLogIn()
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, null)
            .AddAccessTokenLogIn();
        return services;
    }

    /// <summary>
    /// Authenticates requests with credentials. One without, or with a client's own, goes straight on: the framework's middleware
    /// would make a scope and a handler for it.
    /// </summary>
    public static void UseCallers(this IApplicationBuilder app)
    {
        RequestDelegate? withoutCaller = null;
        app.Use(next => context => Credential.IsIn(context.Request) && AuthorizationTable.Of(context) is not RequiredAccess.Client
            ? next(context)
            : withoutCaller!(context));
        app.UseAuthentication();
        app.Use(next => withoutCaller = next);
    }

    // What is no credential of a known kind is no API key either.
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
            : ActivatorUtilities.CreateInstance<ExternalIssuer>(provider, CreateIssuerClient()));
    }

    // Keys are small; an issuer that sends more, or sends the reader elsewhere, is none.
    private static HttpClient CreateIssuerClient() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { MaxResponseContentBufferSize = IssuerMaxBytes };

    // AddAuthentication would also set up Data Protection, whose key files nothing here needs.
    private static AuthenticationBuilder AddAuthenticationSchemes(this IServiceCollection services)
    {
        services.AddAuthenticationCore(options => options.DefaultScheme = ByCredential).AddWebEncoders();
        services.AddSingleton<IAuthenticationConfigurationProvider, NoSchemeSettings>();
#pragma warning disable CS0618 // The handler of Basic still asks for this clock.
        services.AddSingleton<ISystemClock, SystemClock>();
#pragma warning restore CS0618
        return new AuthenticationBuilder(services);
    }

    // JwtBearer would read Authentication:Schemes, which the settings of the service do not have.
    private sealed class NoSchemeSettings : IAuthenticationConfigurationProvider
    {
        public IConfiguration AuthenticationConfiguration { get; } = new ConfigurationBuilder().Build();
    }
}
