using FilmService.Api.Access;
using FilmService.Api.Docs;
using FilmService.Api.Errors;
using FilmService.Api.Http;
using FilmService.Api.Logging;
using FilmService.Api.Settings;

namespace FilmService.Api;

/// <summary>The way of a request, from the outside in.</summary>
internal static class ApiPipeline
{
    /// <summary>Sets up the way.</summary>
    public static void UseApi(this WebApplication app, FilmServiceSettings settings)
    {
        app.UseSecureTransport(settings.Proxies);
        app.UseRequestLog();
        app.Use((context, next) =>
        {
            SecurityHeaders.Add(context.Response);
            return next(context);
        });
        app.UseMiddleware<ErrorAnswers>();
        app.UseMiddleware<BrowserRules>();
        app.Use(RequestPath.RefuseDotSegments);
        app.UseRouting();
        if (settings.Access.Origins.Count > 0)
        {
            app.UseCors();
        }

        app.UseMiddleware<AccessControl>();
        app.UseMiddleware<RequestGuard>();
        app.UseApiPages();
        app.MapControllers();
        app.MapApiDocument();
    }
}
