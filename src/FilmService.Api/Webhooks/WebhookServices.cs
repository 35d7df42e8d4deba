using FilmService.Domain.Webhooks;

namespace FilmService.Api.Webhooks;

internal static class WebhookServices
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services) => services
        .AddSingleton<WebhookDirectory>()
        .AddSingleton<WebhookAdministration>()
        .AddSingleton<WebhookSecrets>()
        .AddSingleton<ResolveHost>(WebhookConnector.ResolveAsync)
        .AddSingleton<WebhookConnector>()
        .AddSingleton<WebhookSender>()
        .AddSingleton<WebhookDeliveries>()
        .AddSingleton<WebhookDispatcher>()
        .AddHostedService(provider => provider.GetRequiredService<WebhookDispatcher>());
}
