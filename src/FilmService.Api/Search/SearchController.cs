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
    /// <summary>Lists, searches or exports films.</summary>
    /// <remarks>JSON is an object keyed by id, or a list; NDJSON has one film per line and CSV one per row, and both can be imported again. A film must match every filter. Names are compared normalised: without case, accents and punctuation. Without `limit` the response contains everything; with it, `Link` points to the next page, and following it never skips or repeats a film that has not itself changed. The response is a consistent snapshot; send its ETag in If-None-Match to get it only if it has changed. A truncated response ends with a connection error, never with a clean end of body. `QUERY /films` takes the same parameters as a form, for queries that are too long for a URL.</remarks>
    /// <response code="200">The films, in natural order of their ids unless `sort` or `q` is given.</response>
    /// <response code="304">The list has not changed since the ETag in If-None-Match.</response>
    /// <response code="410">The revision in asOf does not belong to this catalogue, or is no longer kept.</response>
    /// <response code="412">The list has changed since the ETag in If-Match.</response>
    /// <response code="429">The caller has too many queries or exports in progress.</response>
    /// <response code="503">All callers together have too many, or the query takes too long.</response>
    [HttpGet(Name = "listFilms"), HttpHead]
    [SearchParameters]
    [Representations(FilmListFormat.JsonType, FilmListFormat.LinesType, FilmListFormat.TableType)]
    [ProducesResponseType<object>(StatusCodes.Status200OK, FilmListFormat.JsonType, FilmListFormat.LinesType, FilmListFormat.TableType)]
    [ProducesResponseType(StatusCodes.Status304NotModified)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status410Gone, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status412PreconditionFailed, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status429TooManyRequests, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status503ServiceUnavailable, "application/problem+json")]
    public Task<ActionResult> List(FilmSearch search, CancellationToken cancellationToken) => lists.AnswerAsync(HttpContext, search, cancellationToken);

    /// <summary>Lists films by parameters in the body (RFC 10008), and optionally some in the URL.</summary>
    /// <remarks>OpenAPI 3.1 cannot describe QUERY, so it is documented in docs/search.md.</remarks>
    [AcceptVerbs(Methods.Query)]
    [ApiExplorerSettings(IgnoreApi = true)]
    [SearchParameters]
    [Representations(FilmListFormat.JsonType, FilmListFormat.LinesType, FilmListFormat.TableType)]
    [Body(ArgumentReader.FormType)]
    public Task<ActionResult> Query(FilmSearch search, CancellationToken cancellationToken) => lists.AnswerAsync(HttpContext, search, cancellationToken);
}
