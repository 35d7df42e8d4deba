using FilmService.Api.Http;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Api.Http.Strictness;
using FilmService.Domain.Films;
using FilmService.Domain.Writing;

namespace FilmService.Api.Films;

/// <summary>Reads the domain's own types from a request, for actions that have them as parameters.</summary>
internal static class FilmParameters
{
    /// <exception cref="ProblemException">400: the idempotency key or a parameter is invalid.</exception>
    public static async ValueTask<WriteContext> ReadWriteContextAsync(HttpContext context) =>
        new(context.User.CallerName(), await IdempotencyKeyField.ReadAsync(context.Request), context.Flag(FilmWriteAttribute.DryRun));

    /// <summary>The film id in <c>/films/{id}</c> as the client wrote it.</summary>
    /// <exception cref="ProblemException">400: it is not a film id.</exception>
    public static FilmId IdOf(HttpContext context) =>
        FilmId.TryParse(UrlEncoded.TryDecode(RequestPath.SecondSegment(context)), out var id)
            ? id
            : throw new ProblemException(new Problem(FilmProblems.InvalidId, FilmId.Rule));
}
