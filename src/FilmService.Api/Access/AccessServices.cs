using FilmService.Api.Access.LogIn;
using FilmService.Api.Access.OAuth;
using FilmService.Api.Settings;
using FilmService.Domain.Access;

namespace FilmService.Api.Access;

/// <summary>Registers who may do what.</summary>
internal static class AccessServices
{
    private const int IssuerMaxBytes = 1_000_000;

    private static readonly TimeSpan IssuerTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Adds the ways to log in.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services, FilmServiceSettings settings)
    {
        services.AddSingleton<AccessDirectory>();
        services.AddSingleton(provider => new UserDirectory(settings.Users, provider.GetRequiredService<AccessDirectory>()));
        services.AddSingleton<FailedLogIns>();
        services.AddSingleton<PasswordLogIn>();
        services.AddSingleton<LogIns>();
        return services.AddTokens(settings).AddBasicLogIn();
    }

    private static IServiceCollection AddTokens(this IServiceCollection services, FilmServiceSettings settings)
    {
        services.AddSingleton(settings.OAuth);
        services.AddSingleton<AccessTokens>();
        if (settings.OAuth.Authority is not null)
        {
            // Keys are small; an issuer that sends more, or not at once, is none.
            services.AddSingleton<ITokenIssuer>(provider => ActivatorUtilities.CreateInstance<OutsideIssuer>(
                provider, new HttpClient { Timeout = IssuerTimeout, MaxResponseContentBufferSize = IssuerMaxBytes }));
            return services;
        }

        services.AddSingleton(settings.Database);
        services.AddSingleton<IssuerName>();
        services.AddSingleton<KeyProtection>();
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<BuiltInIssuer>();
        services.AddSingleton<ITokenIssuer>(provider => provider.GetRequiredService<BuiltInIssuer>());
        return services.AddSingleton<TokenEndpoint>();
    }
}
