using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Net.Http.Headers;

namespace FilmService.Api.Http;

/// <summary>Lets web pages of the configured origins read responses (CORS, WHATWG Fetch).</summary>
internal static class CrossOrigin
{
    // The longest that Chromium keeps the answer to a preflight request.
    private static readonly TimeSpan PreflightAge = TimeSpan.FromHours(2);

    /// <summary>Allows these origins every method and header field; the credentials decide what they may do.</summary>
    public static void Share(this CorsPolicyBuilder policy, IEnumerable<string> origins) => policy
        .WithOrigins([.. origins]).AllowAnyHeader().AllowAnyMethod().WithExposedHeaders(ExposedFields.All).SetPreflightMaxAge(PreflightAge);

    public static void UseCrossOrigin(this IApplicationBuilder app)
    {
        app.Use((context, next) =>
        {
            context.Response.OnStarting(VaryByOrigin, context.Response);
            return next(context);
        });
        app.UseCors();
    }

    // The framework does this only for several origins, but a cache must not give a page a response that was made for a request
    // without an origin.
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
