using Microsoft.Extensions.Hosting.Systemd;

namespace FilmService.Api.Hosting.Stopping;

/// <summary>Tells systemd when the service is ready and when it stops (sd_notify(3), <c>Type=notify</c>).</summary>
internal static class ServiceManager
{
    public static void NotifyServiceManager(this WebApplication app)
    {
        if (Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is { Length: > 0 })
        {
            Notify(app.Lifetime, new SystemdNotifier());
        }
    }

    private static void Notify(IHostApplicationLifetime lifetime, SystemdNotifier notifier)
    {
        lifetime.ApplicationStarted.Register(() => notifier.Notify(ServiceState.Ready));
        lifetime.ApplicationStopping.Register(() => notifier.Notify(ServiceState.Stopping));
    }
}
