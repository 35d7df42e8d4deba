using FilmService.Api.Access;
using FilmService.Api.Access.Authentication;
using FilmService.Api.Access.Authorization;
using FilmService.Api.Docs;
using FilmService.Api.Films;
using FilmService.Api.Hosting.Logging;
using FilmService.Api.Hosting.Stopping;
using FilmService.Api.Http;
using FilmService.Api.Http.Actions;
using FilmService.Api.Http.Problems;
using FilmService.Api.Http.Strictness;
using FilmService.Api.RateLimiting;

namespace FilmService.Api;

/// <summary>The middleware pipeline, from the outside in.</summary>
internal static class ApiPipeline
{
    public static void UseApi(this WebApplication app)
    {
        app.Use(WatchedRequest.WatchAsync);
        app.UseSecureTransport(app.Services.GetRequiredService<ProxySettings>());
        app.UseRequestLog();
        app.Use((context, next) =>
        {
            SecurityHeaders.Add(context.Response);
            TraceId.Add(context);
            return next(context);
        });
        app.UseMiddleware<ProblemDetailsMiddleware>();
        app.Use(RequestPath.RefuseLong);
        app.UseMiddleware<CrossSiteRequestMiddleware>();
        app.Use(DotSegments.Refuse);
        app.UseRouting();
        app.Use(AllowedMethods.RefuseLowerCase);
        if (app.Services.GetRequiredService<AccessSettings>().Origins.Count > 0)
        {
            app.UseCrossOrigin();
        }

        app.UseAccess(app.Services.GetRequiredService<RateLimitSettings>());
        app.UseMiddleware<StrictRequestMiddleware>();
        app.UseApiPages();
        app.MapActions();
    }

    private static void UseAccess(this WebApplication app, RateLimitSettings limits)
    {
        if (limits.Enabled)
        {
            app.Use(app.Services.GetRequiredService<RateLimits>().LimitAnonymousAsync);
        }

        app.UseCallers();
        app.UseMiddleware<AuthorizationMiddleware>();
        if (limits.Enabled)
        {
            app.Use(app.Services.GetRequiredService<RateLimits>().LimitCallersAsync);
        }
    }
}
