using FilmService.Api.Access;
using FilmService.Api.Docs;
using FilmService.Api.Errors;
using FilmService.Api.Films;
using FilmService.Api.Http;
using FilmService.Api.Limits;
using FilmService.Api.Logging;
using FilmService.Api.Settings;

namespace FilmService.Api;

/// <summary>The way of a request, from the outside in.</summary>
internal static class ApiPipeline
{
    /// <summary>Sets up the way.</summary>
    public static void UseApi(this WebApplication app, FilmServiceSettings settings)
    {
        LeaveOutDefaultAuthentication(app);
        app.UseSecureTransport(settings.Proxies);
        app.UseRequestLog();
        app.Use((context, next) =>
        {
            SecurityHeaders.Add(context.Response);
            return next(context);
        });
        app.UseMiddleware<ErrorAnswers>();
        app.Use(RequestPath.RefuseLong);
        app.UseMiddleware<BrowserRules>();
        app.Use(RequestPath.RefuseDotSegments);
        app.UseRouting();
        app.Use(AllowedMethods.RefuseLowerCase);
        if (settings.Access.Origins.Count > 0)
        {
            app.UseCrossOrigin();
        }

        app.UseAccess(settings.RateLimits);
        app.UseMiddleware<RequestGuard>();
        app.UseApiPages();
        app.MapControllers().CallDirectly();
    }

    private static void UseAccess(this WebApplication app, RateLimitSettings limits)
    {
        if (limits.Enabled)
        {
            app.Use(app.Services.GetRequiredService<RateLimits>().LimitAnonymousAsync);
        }

        app.UseMiddleware<AccessControl>();
        if (limits.Enabled)
        {
            app.Use(app.Services.GetRequiredService<RateLimits>().LimitCallersAsync);
        }
    }

    // The framework puts its own authentication in front of everything, where it would run for each request; AccessControl
    // asks for it when there are credentials. This is the mark by which UseAuthentication says that it is there already.
    private static void LeaveOutDefaultAuthentication(IApplicationBuilder app) => app.Properties["__AuthenticationMiddlewareSet"] = true;
}
