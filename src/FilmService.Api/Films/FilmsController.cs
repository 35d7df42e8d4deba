using FilmService.Api.Access;
using FilmService.Api.Arguments;
using FilmService.Api.Http;
using FilmService.Domain.Films;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Films;

/// <summary>The films of the catalogue.</summary>
[ApiController]
[Route("films")]
public sealed class FilmsController(FilmCatalog catalog, FilmAnswers answers) : ControllerBase
{
    /// <summary>Lists all films, keyed by id.</summary>
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
    /// <response code="200">The film was replaced, or already was what was asked for.</response>
    /// <response code="201">The film was created.</response>
    /// <response code="412">If-Match or If-None-Match does not hold; nothing was changed.</response>
    /// <response code="428">The catalogue asks for If-Match.</response>
    [HttpPut("{id}", Name = "putFilm")]
    [Body(ArgumentReader.JsonType, ArgumentReader.FormType, ArgumentReader.MultipartType)]
    [ProducesResponseType<FilmResponse>(StatusCodes.Status200OK, "application/json")]
    [ProducesResponseType<FilmResponse>(StatusCodes.Status201Created, "application/json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status412PreconditionFailed, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status428PreconditionRequired, "application/problem+json")]
    public async Task<ActionResult> Put(FilmId id, SaveFilmRequest film, CancellationToken cancellationToken) =>
        answers.Written(HttpContext, await catalog.PutAsync(
            id, film.ToDetails(), ConditionalRequest.Preconditions(Request), new WriteOrigin(User.CallerName()), cancellationToken));

    /// <summary>Deletes a film.</summary>
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
