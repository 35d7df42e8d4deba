using FilmService.Api.Http;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Strictness;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Search;

/// <summary>Finds and exports films.</summary>
[ApiController]
[Tags("Films")]
[Route("films")]
public sealed class SearchController(FilmSearchService lists) : ControllerBase
{
    /// <summary>Finds films, or exports them: all, or those that the conditions leave.</summary>
    /// <remarks>As JSON they are keyed by id, or a list; as NDJSON each is a line, as CSV a row, and both can be imported again. All conditions must hold. Names are compared folded: without case, accents and punctuation. Without `limit` the answer holds everything; with it, `Link` leads to the next page, and a walk along it neither skips nor repeats a film that is not itself changed. The answer is one moment of the catalogue; send its ETag in If-None-Match to have it only when it has changed. An answer that was cut off does not end as HTTP has it. `QUERY /films` takes the same names as a form, for conditions too long for an address.</remarks>
    /// <response code="200">The films, in natural order of their ids unless `sort` or `q` says otherwise.</response>
    /// <response code="304">The list is still the one of If-None-Match.</response>
    /// <response code="412">The list is not the one of If-Match.</response>
    [HttpGet(Name = "listFilms"), HttpHead]
    [SearchParameters]
    [Representations(FilmListFormat.JsonType, FilmListFormat.LinesType, FilmListFormat.TableType)]
    [ProducesResponseType<FilmListResponse>(StatusCodes.Status200OK, FilmListFormat.JsonType, FilmListFormat.LinesType, FilmListFormat.TableType)]
    [ProducesResponseType(StatusCodes.Status304NotModified)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status412PreconditionFailed, "application/problem+json")]
    public Task<ActionResult> List(FilmSearch search, CancellationToken cancellationToken) => lists.AnswerAsync(HttpContext, search, cancellationToken);

    /// <summary>Finds films by conditions in the body (RFC 10008), with or without some in the address.</summary>
    /// <remarks>OpenAPI 3.1 has no word for the method, so it stands in docs/finding.md.</remarks>
    [AcceptVerbs(Methods.Query)]
    [ApiExplorerSettings(IgnoreApi = true)]
    [SearchParameters]
    [Representations(FilmListFormat.JsonType, FilmListFormat.LinesType, FilmListFormat.TableType)]
    [Body(ArgumentReader.FormType)]
    public Task<ActionResult> Query(FilmSearch search, CancellationToken cancellationToken) => lists.AnswerAsync(HttpContext, search, cancellationToken);
}
