using FilmService.Api.Http.Problems;
using FilmService.Api.Ui.Account;
using FilmService.Api.Ui.Assets;
using FilmService.Api.Ui.Editing;
using FilmService.Api.Ui.Forms;
using FilmService.Api.Ui.History;
using FilmService.Api.Ui.Lists;
using FilmService.Api.Ui.Rendering;
using FilmService.Api.Ui.Users;
using FilmService.Api.Ui.Webhooks;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace FilmService.Api.Ui;

internal static partial class UiServices
{
    public static IServiceCollection AddUi(this IServiceCollection services)
    {
        services.AddSingleton<PageRenderer>();
        services.AddSingleton<UiAssets>();
        services.AddSingleton<IProblemPage, ProblemPages>();
        services.AddSingleton<FilmListReader>();
        services.AddSingleton<NearNames>();
        services.AddSingleton<HistoryReader>();
        services.AddSingleton<RecentChanges>();
        services.AddSingleton<FilmPageReader>();
        services.AddSingleton<SentForms>();
        services.AddSingleton<WebhookReader>();
        services.AddSingleton<AccountReader>();
        services.AddSingleton<UserChanges>();
        services.AddOptions<MvcOptions>().Configure<UiSettings>((mvc, ui) =>
        {
            if (!ui.Enabled)
            {
                mvc.Conventions.Add(new NoPages());
            }
        });
        return services;
    }

    /// <summary>Logs where to find the pages, once the service listens.</summary>
    public static void LogUi(this WebApplication app)
    {
        if (app.Services.GetRequiredService<UiSettings>().Enabled && app.Urls.FirstOrDefault() is { } address)
        {
            LogAddress(app.Logger, address + UiSettings.Root);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Open {Address} in a browser to see the films")]
    private static partial void LogAddress(ILogger logger, string address);

    private sealed class NoPages : IApplicationModelConvention
    {
        public void Apply(ApplicationModel application) =>
            application.Controllers.Where(controller => controller.ControllerType.IsSubclassOf(typeof(UiController))).ToList().ForEach(controller => application.Controllers.Remove(controller));
    }
}
