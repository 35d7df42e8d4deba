using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using Microsoft.AspNetCore.Routing.Template;

namespace FilmService.Api.Http.Strictness;

/// <summary>Answers OPTIONS, and a method that an address does not take, from the routes that exist (RFC 9110 §9.3.7, §15.5.6).</summary>
internal static class AllowedMethods
{
    // No route, so that it is answered after the log-in and needs no scope, as routing's own 405.
    private static readonly Endpoint Refusal = new(AnswerAsync, EndpointMetadataCollection.Empty, "405 Method Not Allowed");

    /// <summary>Takes <c>get</c> for a method that nobody knows: methods are case-sensitive (RFC 9110 §9.1), but routing takes it for <c>GET</c>.</summary>
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
            // Routing has set it already, for another spelling of a path.
            context.Response.Headers.Remove("Allow");
            return new Problem(ProblemTypes.NotFound, StatusProblems.NothingAt(context.Request.Path)).WriteAsync(context);
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

    /// <summary>Answers at an address that takes these methods: OPTIONS, or another that it does not take.</summary>
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
