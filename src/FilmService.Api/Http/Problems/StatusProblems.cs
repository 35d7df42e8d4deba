using FilmService.Api.Http.Strictness;

namespace FilmService.Api.Http.Problems;

/// <summary>The detail of a problem for a bare status code.</summary>
internal static class StatusProblems
{
    public static Task WriteAsync(HttpContext context)
    {
        var type = ProblemTypes.ForStatus(context.Response.StatusCode);
        return type == ProblemTypes.MethodNotAllowed
            ? AllowedMethods.AnswerAsync(context)
            : new Problem(type, type == ProblemTypes.NotFound ? NothingAt(context) : type.Title + ".").WriteAsync(context);
    }

    /// <summary>The detail of a 404 for an unknown URL, with the URL that was probably meant.</summary>
    public static string NothingAt(HttpContext context)
    {
        var path = context.Request.Path.ToUriComponent();
        return MeantAddress.Of(context) is { } meant ? $"There is nothing at {path}. Did you mean {meant}?" : $"There is nothing at {path}.";
    }
}
