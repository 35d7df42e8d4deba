using FilmService.Api.Errors;
using FilmService.Api.Films;

namespace FilmService.Api.Http;

/// <summary>
/// Refuses what an endpoint would otherwise ignore: another spelling of its path, a query parameter that it does not know, a body that it does not
/// take, an Accept field that it cannot serve.
/// </summary>
internal sealed class RequestGuard(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is not null)
        {
            CheckPath(context, (RouteEndpoint)endpoint);
            CheckAccept(context.Request, endpoint);
            QueryParameters.Read(context, endpoint);
            CheckIdempotencyKey(context.Request, endpoint);
            if (endpoint.Metadata.GetMetadata<BodyAttribute>() is null)
            {
                CheckNoBody(context.Request);
            }
        }

        return next(context);
    }

    private static void CheckPath(HttpContext context, RouteEndpoint endpoint)
    {
        if (!RequestPath.IsSpeltAs(context.Request.Path, endpoint))
        {
            throw new ProblemException(new Problem(ProblemTypes.NotFound, StatusAnswers.NothingAt(context.Request.Path)));
        }
    }

    private static void CheckAccept(HttpRequest request, Endpoint endpoint)
    {
        var offers = Negotiation.OffersOf(endpoint);
        if (Negotiation.Choose(request, offers) is null)
        {
            throw new ProblemException(new Problem(
                ProblemTypes.NotAcceptable, $"The answer is to be had as {string.Join(", ", offers)}."));
        }
    }

    private static void CheckIdempotencyKey(HttpRequest request, Endpoint endpoint)
    {
        if (request.Headers.ContainsKey(IdempotencyKeyField.Name) && endpoint.Metadata.GetMetadata<FilmWriteAttribute>() is null)
        {
            throw new ProblemException(Problem.OfParameter(IdempotencyKeyField.Name, "An idempotency key belongs to a write of films; here it would mean nothing."));
        }
    }

    private static void CheckNoBody(HttpRequest request)
    {
        if (request.HasBody())
        {
            throw new ProblemException(new Problem(ProblemTypes.Malformed, $"{request.Method} takes no body here."));
        }
    }
}
