using Microsoft.Net.Http.Headers;

namespace FilmService.Api.Http;

/// <summary>Lets web pages of the configured origins read the answers (CORS, WHATWG Fetch).</summary>
internal static class CrossOrigin
{
    /// <summary>Sets it up.</summary>
    public static void UseCrossOrigin(this IApplicationBuilder app)
    {
        app.Use((context, next) =>
        {
            context.Response.OnStarting(VaryByOrigin, context.Response);
            return next(context);
        });
        app.UseCors();
    }

    // The framework says so for several origins only; but a cache must not give a page the answer that was meant for no page.
    private static Task VaryByOrigin(object response)
    {
        var headers = ((HttpResponse)response).Headers;
        if (!headers.Vary.ToString().Contains(HeaderNames.Origin, StringComparison.OrdinalIgnoreCase))
        {
            headers.AppendCommaSeparatedValues(HeaderNames.Vary, HeaderNames.Origin);
        }

        return Task.CompletedTask;
    }
}
