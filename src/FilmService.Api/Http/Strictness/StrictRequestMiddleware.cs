using FilmService.Api.Films;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Api.Search;
using FilmService.Domain.Films;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Controllers;

namespace FilmService.Api.Http.Strictness;

/// <summary>
/// Refuses what an endpoint would otherwise ignore: another spelling of its path, a query parameter that it does not know, a condition or a body that it does not
/// take, an Accept field that it cannot serve.
/// </summary>
internal sealed class StrictRequestMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is not null)
        {
            CheckPath(context, (RouteEndpoint)endpoint);
            CheckAccept(context.Request, endpoint);
            QueryParameters.Read(context, endpoint);
            CheckIdempotencyKey(context.Request, endpoint);
            CheckConditions(context.Request, endpoint);
            CheckBody(context.Request, takesBody: endpoint.Metadata.GetMetadata<BodyAttribute>() is not null);
        }

        return next(context);
    }

    private static void CheckPath(HttpContext context, RouteEndpoint endpoint)
    {
        if (!RequestPath.IsSpeltAs(context.Request.Path, endpoint))
        {
            throw new ProblemException(new Problem(ProblemTypes.NotFound, StatusProblems.NothingAt(context.Request.Path)));
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

    // A condition that nobody looks at would be taken for one that holds.
    private static void CheckConditions(HttpRequest request, Endpoint endpoint)
    {
        if (request.Headers.IfMatch.Count + request.Headers.IfNoneMatch.Count == 0 || IsAboutOneFilm(endpoint)
            || endpoint.Metadata.GetMetadata<SearchParametersAttribute>() is not null)
        {
            return;
        }

        if (request.Headers.IfMatch.Count > 0)
        {
            throw new ProblemException(Problem.OfParameter("If-Match", "If-Match is about one film that is there; at this address and with this method it would mean nothing."));
        }

        if (!endpoint.Metadata.OfType<ProducesResponseTypeAttribute>().Any(answer => answer.StatusCode is StatusCodes.Status304NotModified))
        {
            throw new ProblemException(Problem.OfParameter("If-None-Match", "If-None-Match is about an answer with an ETag; at this address and with this method it would mean nothing."));
        }
    }

    private static bool IsAboutOneFilm(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<ControllerActionDescriptor>()?.Parameters.Any(parameter => parameter.ParameterType == typeof(Preconditions)) is true;

    private static void CheckBody(HttpRequest request, bool takesBody)
    {
        if (!request.HasBody())
        {
            return;
        }

        if (!takesBody)
        {
            throw new ProblemException(new Problem(ProblemTypes.Malformed, $"{request.Method} takes no body here."));
        }

        // Stored as a whole, a part would do away with the rest (RFC 9110 §14.5).
        if (request.Headers.ContentRange.Count > 0)
        {
            throw new ProblemException(Problem.OfParameter("Content-Range", "A body is taken as a whole, never as a part of one."));
        }

        // Kestrel undoes 'chunked' and leaves other codings in the body (RFC 9112 §6.1).
        if (request.Headers.TransferEncoding.Count > 0 && !request.Headers.TransferEncoding.ToString().Equals("chunked", StringComparison.OrdinalIgnoreCase))
        {
            throw new ProblemException(Problem.OfParameter("Transfer-Encoding", "The only transfer coding that is read is 'chunked'."));
        }
    }
}
