using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Api.Http.Strictness;
using FilmService.Domain.Films;
using Microsoft.AspNetCore.Http.Features;

namespace FilmService.Api.Films;

/// <summary>Rejects the film ids <c>.</c> and <c>..</c>.</summary>
internal static class DotSegments
{
    /// <summary>Rejects a path with dot segments, plain or encoded, because it would be resolved to another URL.</summary>
    public static Task Refuse(HttpContext context, RequestDelegate next)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if ((target.Contains("/.", StringComparison.Ordinal) || target.Contains("%2e", StringComparison.OrdinalIgnoreCase))
            && RequestPath.Segments(context).Any(segment => UrlEncoded.TryDecode(segment) is "." or ".."))
        {
            throw new ProblemException(new Problem(FilmProblems.InvalidId, FilmId.Rule));
        }

        return next(context);
    }
}
