using FilmService.Api.Http;

namespace FilmService.Api.Errors;

/// <summary>Says in words what a bare status code means for this request.</summary>
internal static class StatusAnswers
{
    public static Task WriteAsync(HttpContext context) => context.Response.StatusCode is StatusCodes.Status405MethodNotAllowed
        ? AllowedMethods.AnswerAsync(context)
        : new Problem(ProblemTypes.ForStatus(context.Response.StatusCode), Detail(context.Request, context.Response.StatusCode)).WriteAsync(context);

    private static string Detail(HttpRequest request, int status) => status switch
    {
        StatusCodes.Status401Unauthorized when request.Headers.Authorization.Count > 0 => "The credentials are not valid.",
        StatusCodes.Status401Unauthorized => "The request needs a log-in.",
        StatusCodes.Status404NotFound => NothingAt(request.Path),
        _ => ProblemTypes.ForStatus(status).Title + ".",
    };

    /// <summary>The words of a 404 for an address of nothing, with what was probably meant.</summary>
    public static string NothingAt(PathString path)
    {
        var text = path.ToUriComponent();
        var meant = text.Length > 1 && text.EndsWith('/') ? text.TrimEnd('/') : null;
        return meant is null ? $"There is nothing at {text}." : $"There is nothing at {text}. Did you mean {meant}?";
    }
}
