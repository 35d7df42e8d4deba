using FilmService.Api.Http.Binding;
using FilmService.Domain.Writing;
using Microsoft.AspNetCore.Connections;

namespace FilmService.Api.Http.Problems;

/// <summary>
/// Turns every error into a problem: <see cref="ProblemException"/> → its own; an unreadable request → its status; an unavailable
/// database → 503 with Retry-After; any other exception → 500, which reveals only the trace id; a response left with a bare
/// status code → the type of that status.
/// </summary>
internal sealed class ProblemDetailsMiddleware(RequestDelegate next, ILogger<ProblemDetailsMiddleware> logger)
{
    private const int RetryAfterSeconds = 5;

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (IsBareError(context.Response))
            {
                await StatusProblems.WriteAsync(context);
            }
        }
        catch (OperationCanceledException exception) when (IsAborted(context, exception))
        {
            // The client has disconnected; the status is for the request log. It can no longer be set once the response has begun.
            if (!context.Response.HasStarted)
            {
                context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            }
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            // The failed response's fields, such as its ETag, do not apply to this one.
            context.Response.Clear();
            SecurityHeaders.Add(context.Response);
            TraceId.Add(context);
            await ToProblem(exception).WriteAsync(context);
        }
        catch (ResponseCutException cut)
        {
            logger.LogInformation("The response to {Method} {Path} was cut, because {Reason}", context.Request.Method, context.Request.Path.ToUriComponent(), cut.Message);
            context.Abort();
        }
        catch (Exception exception)
        {
            // A truncated response must not look complete.
            logger.LogError(exception, "A response was aborted");
            context.Abort();
        }
    }

    // A reader of the body learns that the connection was cut before the request does.
    private static bool IsAborted(HttpContext context, OperationCanceledException exception) =>
        context.RequestAborted.IsCancellationRequested || exception.InnerException is ConnectionAbortedException;

    private static bool IsBareError(HttpResponse response) =>
        response is { HasStarted: false, StatusCode: >= 400 and < 600, ContentLength: null, ContentType: null };

    private Problem ToProblem(Exception exception)
    {
        switch (exception)
        {
            case ProblemException { Problem: var problem }:
                return problem;
            case BadHttpRequestException bad:
                return new Problem(ProblemTypes.ForStatus(bad.StatusCode), RequestBody.BrokenBody);
            case not null when UnavailabilityIn(exception) is { } unavailable:
                LogUnavailable(unavailable);
                return new Problem(ProblemTypes.Unavailable, $"{unavailable.Message} Try again in {RetryAfterSeconds} seconds.")
                {
                    Fields = new Dictionary<string, string> { ["Retry-After"] = $"{RetryAfterSeconds}" },
                };
            default:
                logger.LogError(exception, "Unhandled exception");
                return new Problem(ProblemTypes.InternalError, "The service failed. Its log has the reason under the trace id.");
        }
    }

    // Libraries wrap the exceptions of what they call, as Data Protection does if the database cannot store a key.
    private static CatalogUnavailableException? UnavailabilityIn(Exception? exception) =>
        exception as CatalogUnavailableException ?? (exception is null ? null : UnavailabilityIn(exception.InnerException));

    // Without a cause, the service itself has refused the request, because it is busy or waits for what the log already has.
    private void LogUnavailable(CatalogUnavailableException exception)
    {
        if (exception.InnerException is null)
        {
            logger.LogWarning("A request was refused: {Reason}", exception.Message);
        }
        else
        {
            logger.LogError(exception, "A request failed: {Reason}", exception.Message);
        }
    }
}
