using System.Text.Json;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Http.Problems;

/// <summary>An error to send to the client (RFC 9457). It contains only the service's own texts.</summary>
/// <param name="Detail">What is wrong in this case.</param>
public sealed record Problem(ProblemType Type, string Detail)
{
    private const int MaxShown = 3;

    /// <summary>The errors by argument, each with its messages; null if the type has none.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>Extension members (RFC 9457 §3.2), in the order in which they are written.</summary>
    public IReadOnlyDictionary<string, object?> Members { get; init; } = new Dictionary<string, object?>();

    /// <summary>Header fields to send with it, such as Retry-After.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    /// <summary>A problem that reports all errors at once, the first of them in its detail.</summary>
    public static Problem OfErrors(ProblemType type, IReadOnlyDictionary<string, string[]> errors)
    {
        var shown = string.Join(' ', errors.Take(MaxShown).SelectMany(error => error.Value));
        return new(type, errors.Count <= MaxShown ? shown : $"{shown} And {errors.Count - MaxShown} more: {string.Join(", ", errors.Keys.Skip(MaxShown))}.") { Errors = errors };
    }

    /// <summary>A problem with one parameter or header field.</summary>
    public static Problem OfParameter(string name, string message) =>
        OfErrors(ProblemTypes.InvalidParameters, new Dictionary<string, string[]> { [name] = [message] });

    /// <summary>Writes the response. <c>message</c> repeats <c>detail</c>, for the original's clients.</summary>
    public Task WriteAsync(HttpContext context)
    {
        foreach (var (name, value) in Fields)
        {
            context.Response.Headers[name] = value;
        }

        if (ProblemEvent.IsExpectedBy(context.Request))
        {
            return ProblemEvent.WriteAsync(this, context);
        }

        if (context.RequestServices.GetService<IProblemPage>() is { } page && page.IsFor(context.Request))
        {
            return page.WriteAsync(this, context);
        }

        var body = ToJson(context);
        context.Response.StatusCode = Type.Status;
        context.Response.ContentType = "application/problem+json";
        context.Response.ContentLength = body.Length;

        // Without a token, a write to a client that has left does nothing; with one it would fail, and be logged as a failure.
        return context.Response.Body.WriteAsync(body, 0, body.Length, CancellationToken.None);
    }

    /// <summary>The body, on one line.</summary>
    internal byte[] ToJson(HttpContext context) => JsonSerializer.SerializeToUtf8Bytes(ToProblemDetails(context), Results.Json.Options);

    private ProblemDetails ToProblemDetails(HttpContext context)
    {
        var details = new ProblemDetails
        {
            Type = Type.Uri,
            Title = Type.Title,
            Status = Type.Status,
            Detail = Detail,
            Instance = context.Request.Path.ToUriComponent(),
            Extensions = { ["message"] = Detail },
        };
        AddUnlessNull(details, "errors", Errors);
        foreach (var (member, value) in Members)
        {
            AddUnlessNull(details, member, value);
        }

        details.Extensions["traceId"] = TraceId.Of(context);
        return details;
    }

    private static void AddUnlessNull(ProblemDetails details, string member, object? value)
    {
        if (value is not null)
        {
            details.Extensions[member] = value;
        }
    }
}

/// <summary>Ends a request with a problem, wherever the error is found.</summary>
public sealed class ProblemException(Problem problem) : Exception(problem.Detail)
{
    public Problem Problem => problem;
}

public sealed class ProblemResult(Problem problem) : ActionResult
{
    public override Task ExecuteResultAsync(ActionContext context) => problem.WriteAsync(context.HttpContext);
}
