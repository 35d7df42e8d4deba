using System.Text.Json.Serialization;
using FilmService.Api.Http;

namespace FilmService.Api.Docs;

/// <summary>The OpenAPI document at <c>/openapi.json</c>, and the page that shows it at <c>/docs</c>.</summary>
internal static class ApiDocument
{
    public static IServiceCollection AddApiDocument(this IServiceCollection services)
    {
        // The generator reads these options, not MVC's: without them every integer is "integer or string".
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
        return services.AddOpenApi();
    }

    public static void MapApiDocument(this WebApplication app) =>
        app.MapOpenApi("/openapi.json").WithMetadata(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]));

    /// <summary>Swagger UI, served from the program itself.</summary>
    public static void UseApiPages(this WebApplication app)
    {
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/docs", StringComparison.Ordinal), pages =>
        {
            pages.Use((context, next) =>
            {
                context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.PagePolicy;
                return next(context);
            });
            pages.UseSwaggerUI(page =>
            {
                page.RoutePrefix = "docs";
                page.DocumentTitle = "FilmService";
                page.SwaggerEndpoint("/openapi.json", "FilmService");
            });
        });
    }
}
