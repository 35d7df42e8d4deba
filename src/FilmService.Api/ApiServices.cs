using AutoMapper;
using FilmService.Api.Access;
using FilmService.Api.Access.Authentication;
using FilmService.Api.Access.OAuth;
using FilmService.Api.Access.OpenIdConnect;
using FilmService.Api.Audit;
using FilmService.Api.Backups;
using FilmService.Api.Changes;
using FilmService.Api.Docs;
using FilmService.Api.Films;
using FilmService.Api.Health;
using FilmService.Api.Hosting.Settings;
using FilmService.Api.Http;
using FilmService.Api.Http.Actions;
using FilmService.Api.Http.Results;
using FilmService.Api.Import;
using FilmService.Api.Monitoring;
using FilmService.Api.RateLimiting;
using FilmService.Api.Search;
using FilmService.Api.Ui;
using FilmService.Api.Webhooks;
using FilmService.Domain.Films;
using FilmService.Infrastructure;
using Microsoft.AspNetCore.Cors.Infrastructure;

namespace FilmService.Api;

internal static class ApiServices
{
    /// <summary>Adds the settings of every feature, which are read and validated at start-up (contract, section 10).</summary>
    public static IServiceCollection AddServiceSettings(this IServiceCollection services) => services
        .AddSingleton<SettingsReader>()
        .AddSettings(DatabaseSettings.Read)
        .AddSettings(ListenAddresses.Read)
        .AddSettings(FilmSettings.Read)
        .AddSettings(ImportSettings.Read)
        .AddSettings(ChangeSettings.Read)
        .AddSettings(AccessSettings.Read)
        .AddSettings(AuditSettings.Read)
        .AddSettings(OAuthSettings.Read)
        .AddSettings(OpenIdConnectSettings.Read)
        .AddSettings(ProxySettings.Read)
        .AddSettings(RateLimitSettings.Read)
        .AddSettings(WebhookSettings.Read)
        .AddSettings(BackupSettings.Read)
        .AddSettings(SearchSettings.Read)
        .AddSettings(MonitoringSettings.Read)
        .AddSettings(UiSettings.Read);

    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddSingleton(provider => provider.GetRequiredService<FilmSettings>().Rules);
        services.AddSingleton<FilmCatalog>();
        services.AddSingleton<FilmResults>();
        services.AddSingleton<SlowClients>();
        services.AddSingleton<SearchSlots>();
        services.AddSingleton(provider => new QueryOptions(provider.GetRequiredService<SearchSettings>().MaxSpooledBytesPerExport));
        services.AddSingleton<ExportSpool>();
        services.AddSingleton<FilmSearchService>();
        services.AddSingleton<ImportSlots>();
        services.AddSingleton<ReceivedImport.Receiver>();
        services.AddSingleton<ServiceGauges>();
        services.AddHostedService<TelemetryExport>();
        services.AddHostedService<ChangeExpiry>();
        services.AddSingleton(new StreamLimits());
        services.AddSingleton<StreamPlaces>();
        services.AddSingleton<ChangeBroadcast>();
        services.AddHostedService(provider => provider.GetRequiredService<ChangeBroadcast>());
        services.AddSingleton<RateLimits>();
        services.AddSingleton<Readiness>();
        services.AddAccess();
        services.AddAudit();
        services.AddWebhooks();
        services.AddUi();
        services.AddBackups();
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<AccessSettings>((cors, access) => cors.AddDefaultPolicy(policy => policy.Share(access.Origins)));
        services.AddAutoMapper(
            (provider, mapper) =>
            {
                mapper.LicenseKey = provider.GetRequiredService<FilmSettings>().AutoMapperLicenceKey;
                mapper.AddProfile<FilmMappingProfile>();
            },
            Type.EmptyTypes);
        services.AddSingleton(provider => new Lazy<IMapper>(provider.GetRequiredService<IMapper>));
        return services.AddActions(new Controllers()).AddActionParameters().AddApiDocument();
    }
}
