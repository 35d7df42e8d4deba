using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;

namespace FilmService.Api.Http.Strictness;

/// <summary>
/// Rejects what an endpoint would otherwise ignore: another spelling of its path, an unknown query parameter, a condition or body
/// that it does not support, an Accept field that it cannot satisfy.
/// </summary>
internal sealed class StrictRequestMiddleware(RequestDelegate next)
{
    private static readonly string[] DeclaredFields = ["Idempotency-Key", "If-Match", "If-None-Match"];

    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is RouteEndpoint endpoint && endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is not null)
        {
            CheckPath(context, endpoint);
            CheckAccept(context.Request, endpoint);
            QueryParameters.Read(context, endpoint);
            CheckFields(context.Request, endpoint);
            CheckBody(context.Request, takesBody: endpoint.Metadata.GetMetadata<BodyAttribute>() is not null);
        }

        return next(context);
    }

    private static void CheckPath(HttpContext context, RouteEndpoint endpoint)
    {
        if (!RequestPath.IsSpeltAs(context.Request.Path, endpoint))
        {
            throw new ProblemException(new Problem(ProblemTypes.NotFound, StatusProblems.NothingAt(context)));
        }
    }

    private static void CheckAccept(HttpRequest request, Endpoint endpoint)
    {
        var offers = Negotiation.OffersOf(endpoint);
        if (Negotiation.Choose(request, offers) is null)
        {
            throw new ProblemException(new Problem(
                ProblemTypes.NotAcceptable, $"Available as {Either(offers)}; the Accept header {(offers.Count == 1 ? "does not allow it" : "allows none of them")}."));
        }
    }

    private static string Either(IReadOnlyList<string> offers) =>
        offers.Count == 1 ? offers[0] : $"{string.Join(", ", offers.SkipLast(1))} or {offers[^1]}";

    private static void CheckFields(HttpRequest request, RouteEndpoint endpoint)
    {
        foreach (var field in DeclaredFields)
        {
            if (request.Headers.ContainsKey(field) && !endpoint.Metadata.GetOrderedMetadata<IRequestFields>().Any(declared => declared.Fields.Contains(field)))
            {
                throw new ProblemException(Problem.OfParameter(field, $"{field} is not supported for {request.Method} /{endpoint.RoutePattern.RawText?.TrimStart('/')}. Leave it out; /docs lists the requests that accept it."));
            }
        }
    }

    private static void CheckBody(HttpRequest request, bool takesBody)
    {
        if (!request.HasBody())
        {
            return;
        }

        if (!takesBody)
        {
            throw new ProblemException(new Problem(ProblemTypes.Malformed, $"{request.Method} does not accept a body here."));
        }

        // If a part were stored as the complete film, the rest would be lost (RFC 9110 §14.5).
        if (request.Headers.ContentRange.Count > 0)
        {
            throw new ProblemException(Problem.OfParameter("Content-Range", "Partial uploads are not supported; send the complete body."));
        }

        // Kestrel decodes 'chunked' and leaves other codings in the body (RFC 9112 §6.1).
        if (request.Headers.TransferEncoding.Count > 0 && !request.Headers.TransferEncoding.ToString().Equals("chunked", StringComparison.OrdinalIgnoreCase))
        {
            throw new ProblemException(Problem.OfParameter("Transfer-Encoding", "The only supported transfer coding is 'chunked'."));
        }
    }
}
