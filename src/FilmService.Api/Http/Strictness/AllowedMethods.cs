using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using Microsoft.AspNetCore.Routing.Template;

namespace FilmService.Api.Http.Strictness;

/// <summary>Answers OPTIONS and unsupported methods according to the existing routes (RFC 9110 §9.3.7, §15.5.6).</summary>
internal static class AllowedMethods
{
    // Not a route, so that it is answered after authentication and requires no scope, like routing's own 405.
    private static readonly Endpoint Refusal = new(AnswerAsync, EndpointMetadataCollection.Empty, "405 Method Not Allowed");

    /// <summary>
    /// Treats <c>get</c> as an unknown method: methods are case-sensitive (RFC 9110 §9.1), but routing accepts it as <c>GET</c>.
    /// </summary>
    public static Task RefuseLowerCase(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint() is not null && context.Request.Method.AsSpan().ContainsAnyInRange('a', 'z'))
        {
            context.SetEndpoint(Refusal);
        }

        return next(context);
    }

    public static Task AnswerAsync(HttpContext context)
    {
        var endpoints = EndpointsAt(context.Request.Path, context.RequestServices.GetRequiredService<EndpointDataSource>());
        if (endpoints.Count == 0)
        {
            // Routing has already set it for another spelling of the path.
            context.Response.Headers.Remove("Allow");
            return new Problem(ProblemTypes.NotFound, StatusProblems.NothingAt(context)).WriteAsync(context);
        }

        foreach (var (method, body) in endpoints.SelectMany(endpoint => MethodsOf(endpoint).Select(method => (method, endpoint.Metadata.GetMetadata<BodyAttribute>()))))
        {
            if (body is not null && context.Request.Method == HttpMethods.Options && BodyAttribute.FieldFor(method) is { } field && field != "Accept")
            {
                context.Response.Headers[field] = string.Join(", ", body.MediaTypes);
            }
        }

        return AnswerAsync(context, endpoints.SelectMany(MethodsOf));
    }

    /// <summary>Answers OPTIONS or an unsupported method on a path that supports the given ones.</summary>
    public static Task AnswerAsync(HttpContext context, IEnumerable<string> methods)
    {
        context.Response.Headers.Allow = string.Join(", ", methods.Append(HttpMethods.Options).Distinct().Order(StringComparer.Ordinal));
        if (context.Request.Method != HttpMethods.Options)
        {
            return new Problem(ProblemTypes.MethodNotAllowed, $"{context.Request.Path.ToUriComponent()} takes {context.Response.Headers.Allow}.").WriteAsync(context);
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
