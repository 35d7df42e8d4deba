using System.Text.Json.Serialization;
using FilmService.Api.Http;
using FilmService.Api.Http.Strictness;
using Microsoft.OpenApi;

namespace FilmService.Api.Docs;

/// <summary>The OpenAPI document at <c>/openapi.json</c>, and the page that shows it at <c>/docs</c>.</summary>
internal static class ApiDocument
{
    // The style that Swagger UI 5.34 itself adds to the page; the browser tests fail if a new version adds another.
    private const string OwnStyle = "'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='";

    private const string PageDocument = "/docs/openapi.json";

    // The bar would offer to show other services' documents, and the link would lead to the page's copy of the document.
    private static readonly PageStyle Style = new(".swagger-ui .topbar, .swagger-ui .info .link { display: none; }");

    public static IServiceCollection AddApiDocument(this IServiceCollection services)
    {
        // The generator reads these options instead of MVC's: without them every integer is "integer or string".
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
        return services.AddOpenApi(document =>
        {
            document.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            document.CreateSchemaReferenceId = SchemaTransformer.Name;
            document.AddSchemaTransformer<SchemaTransformer>();
            document.AddOperationTransformer<OperationTransformer>();
            document.AddDocumentTransformer<DocumentTransformer>();
        }).AddSingleton<ApiDocumentText>();
    }

    /// <summary>
    /// Swagger UI, served by the program itself. It is set up on the first request for it, because that takes a tenth of a
    /// start-up.
    /// </summary>
    public static void UseApiPages(this WebApplication app) => app.Use(next =>
    {
        var pages = new Lazy<RequestDelegate>(() => Pages(app, next));
        return context => IsPage(context.Request.Path) ? pages.Value(context) : next(context);
    });

    // All of its files have lower-case names, and it would serve them in any letter case.
    private static bool IsPage(PathString path) =>
        path.StartsWithSegments("/docs", StringComparison.Ordinal) && !path.Value.AsSpan().ContainsAnyInRange('A', 'Z');

    private static RequestDelegate Pages(IApplicationBuilder app, RequestDelegate next)
    {
        var pages = app.New();
        pages.Use((context, page) =>
        {
            if (context.Request.Method is not ("GET" or "HEAD"))
            {
                return AllowedMethods.AnswerAsync(context, [HttpMethods.Get, HttpMethods.Head]);
            }

            context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.AppPolicy(Style.Source, OwnStyle);
            return context.Request.Path == PageDocument ? app.ApplicationServices.GetRequiredService<ApiDocumentText>().WriteForPageAsync(context.Response) : page(context);
        });
        pages.UseSwaggerUI(page =>
        {
            page.RoutePrefix = "docs";
            page.DocumentTitle = "FilmService";
            page.HeadContent = $"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">{Style.Element}";
            page.ConfigObject.DefaultModelsExpandDepth = 0;
            page.ConfigObject.DisplayRequestDuration = true;
            page.ConfigObject.DeepLinking = true;
            page.SwaggerEndpoint(PageDocument, "FilmService");
        });
        pages.Run(next);
        return pages.Build();
    }
}
