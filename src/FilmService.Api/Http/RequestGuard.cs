using FilmService.Api.Arguments;
using FilmService.Api.Errors;

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
            if (endpoint.Metadata.GetMetadata<BodyAttribute>() is null)
            {
                CheckQuery(context.Request, endpoint);
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

    private static void CheckQuery(HttpRequest request, Endpoint endpoint)
    {
        if (!request.QueryString.HasValue)
        {
            return;
        }

        var parameters = new ArgumentSet(endpoint.Metadata.GetMetadata<QueryAttribute>()?.Parameters ?? []);
        foreach (var (name, value) in UrlEncoded.Read(request.QueryString.Value!.TrimStart('?'), "The query string").Where(pair => !ArgumentReader.IsFree(pair.Key)))
        {
            parameters.Add(name, ArgumentValue.OfForm(value));
        }

        if (parameters.Faults.Count > 0)
        {
            throw new ProblemException(Problem.OfErrors(ProblemTypes.InvalidParameters, parameters.Faults));
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
