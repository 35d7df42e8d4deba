using FilmService.Api.Access.LogIn;
using FilmService.Api.Settings;
using FilmService.Domain.Access;

namespace FilmService.Api.Access;

/// <summary>Registers who may do what.</summary>
internal static class AccessServices
{
    /// <summary>Adds the ways to log in.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services, FilmServiceSettings settings)
    {
        services.AddSingleton<AccessDirectory>();
        services.AddSingleton(provider => new UserDirectory(settings.Users, provider.GetRequiredService<AccessDirectory>()));
        services.AddSingleton<FailedLogIns>();
        services.AddSingleton<PasswordLogIn>();
        services.AddSingleton<LogIns>();
        return services.AddBasicLogIn();
    }
}
