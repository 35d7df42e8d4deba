using FilmService.Api.Errors;
using Microsoft.AspNetCore.Routing.Template;

namespace FilmService.Api.Http;

/// <summary>Answers OPTIONS, and a method that an address does not take, from the routes that exist (RFC 9110 §9.3.7, §15.5.6).</summary>
internal static class AllowedMethods
{
    public static Task AnswerAsync(HttpContext context)
    {
        var endpoints = EndpointsAt(context.Request.Path, context.RequestServices.GetRequiredService<EndpointDataSource>());
        if (endpoints.Count == 0)
        {
            return new Problem(ProblemTypes.NotFound, StatusAnswers.NothingAt(context.Request.Path)).WriteAsync(context);
        }

        var methods = endpoints.SelectMany(MethodsOf).Append(HttpMethods.Options).Distinct().Order(StringComparer.Ordinal);
        context.Response.Headers.Allow = string.Join(", ", methods);
        if (!HttpMethods.IsOptions(context.Request.Method))
        {
            return new Problem(ProblemTypes.MethodNotAllowed, $"{context.Request.Path.ToUriComponent()} takes {context.Response.Headers.Allow}.").WriteAsync(context);
        }

        foreach (var (method, body) in endpoints.SelectMany(endpoint => MethodsOf(endpoint).Select(method => (method, endpoint.Metadata.GetMetadata<BodyAttribute>()))))
        {
            if (body is not null && BodyAttribute.FieldFor(method) is { } field && field != "Accept")
            {
                context.Response.Headers[field] = string.Join(", ", body.MediaTypes);
            }
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static List<RouteEndpoint> EndpointsAt(PathString path, EndpointDataSource source) => source.Endpoints
        .OfType<RouteEndpoint>()
        .Where(endpoint => MethodsOf(endpoint).Count > 0
            && RequestPath.IsSpeltAs(path, endpoint)
            && new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []).TryMatch(path, []))
        .ToList();

    private static IReadOnlyList<string> MethodsOf(Endpoint endpoint) => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [];
}
