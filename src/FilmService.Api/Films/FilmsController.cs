using System.ComponentModel;
using FilmService.Api.Access;
using FilmService.Api.Arguments;
using FilmService.Api.Http;
using FilmService.Domain.Films;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Films;

/// <summary>The films of the catalogue.</summary>
[ApiController]
[Description("The films of the catalogue.")]
[Route("films")]
public sealed class FilmsController(FilmCatalog catalog, FilmAnswers answers) : ControllerBase
{
    /// <summary>Lists all films, keyed by id.</summary>
    /// <remarks>Ids of digits come first, by their value. The answer is one moment of the catalogue; send its ETag in If-None-Match to have it only when it has changed.</remarks>
    /// <response code="200">All films, in natural order of their ids.</response>
    /// <response code="304">The list is still the one of If-None-Match.</response>
    [HttpGet(Name = "listFilms"), HttpHead]
    [ProducesResponseType<Dictionary<string, FilmResponse>>(StatusCodes.Status200OK, "application/json")]
    [ProducesResponseType(StatusCodes.Status304NotModified)]
    public async Task<ActionResult> List(CancellationToken cancellationToken)
    {
        if (FilmAnswers.IsListNotModified(HttpContext, await catalog.GetRevisionAsync(cancellationToken)))
        {
            return StatusCode(StatusCodes.Status304NotModified);
        }

        return answers.List(HttpContext, await catalog.ListAsync(cancellationToken));
    }

    /// <summary>Reads one film.</summary>
    /// <remarks>Ids are compared exactly: `007` is not `7`, `a` is not `A`. The ETag is the revision of the film; send it in If-Match when you change what you have read.</remarks>
    /// <response code="200">The film.</response>
    /// <response code="304">The film is still the one of If-None-Match.</response>
    /// <response code="404">There is no such film.</response>
    /// <response code="412">The film is not the one of If-Match.</response>
    [HttpGet("{id}", Name = "getFilm"), HttpHead("{id}")]
    [ProducesResponseType<FilmResponse>(StatusCodes.Status200OK, "application/json")]
    [ProducesResponseType(StatusCodes.Status304NotModified)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status412PreconditionFailed, "application/problem+json")]
    public async Task<ActionResult> Get(FilmId id, CancellationToken cancellationToken) =>
        answers.Read(HttpContext, id, await catalog.FindAsync(id, cancellationToken));

    /// <summary>Creates a film, or replaces it as a whole.</summary>
    /// <remarks>The arguments stand in the body, in the query string, or in both, each once, in any letter case: what GET gave can be sent back. A film that already is what was asked for is not changed, and takes no revision.</remarks>
    /// <response code="200">The film was replaced, or already was what was asked for.</response>
    /// <response code="201">The film was created.</response>
    /// <response code="412">If-Match or If-None-Match does not hold; nothing was changed.</response>
    /// <response code="428">The catalogue asks for If-Match.</response>
    [HttpPut("{id}", Name = "putFilm")]
    [Body(ArgumentReader.JsonType, ArgumentReader.FormType, ArgumentReader.MultipartType, Arguments = typeof(FilmArguments))]
    [ProducesResponseType<FilmResponse>(StatusCodes.Status200OK, "application/json")]
    [ProducesResponseType<FilmResponse>(StatusCodes.Status201Created, "application/json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status412PreconditionFailed, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status428PreconditionRequired, "application/problem+json")]
    public async Task<ActionResult> Put(FilmId id, SaveFilmRequest film, CancellationToken cancellationToken) =>
        answers.Written(HttpContext, await catalog.PutAsync(
            id, film.ToDetails(), ConditionalRequest.Preconditions(Request), new WriteOrigin(User.CallerName()), cancellationToken));

    /// <summary>Deletes a film.</summary>
    /// <remarks>The id can be used again afterwards; the revisions go on.</remarks>
    /// <response code="204">The film is gone.</response>
    /// <response code="404">There is no such film.</response>
    /// <response code="412">If-Match or If-None-Match does not hold; nothing was changed.</response>
    /// <response code="428">The catalogue asks for If-Match.</response>
    [HttpDelete("{id}", Name = "deleteFilm")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status412PreconditionFailed, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status428PreconditionRequired, "application/problem+json")]
    public async Task<ActionResult> Delete(FilmId id, CancellationToken cancellationToken) =>
        answers.Written(HttpContext, await catalog.DeleteAsync(
            id, ConditionalRequest.Preconditions(Request), new WriteOrigin(User.CallerName()), cancellationToken));
}
