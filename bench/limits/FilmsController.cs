using Microsoft.AspNetCore.Mvc;

namespace FilmService.Limits;

/// <summary>Films as an MVC controller answers them.</summary>
[ApiController]
[Route("films")]
public sealed class FilmsController(FilmsInMemory films) : ControllerBase
{
    /// <summary>All films, or the first few.</summary>
    [HttpGet]
    public Dictionary<string, Film> List(int limit = int.MaxValue) => films.Take(limit);

    /// <summary>One film, or 304 when the client has it.</summary>
    [HttpGet("{id}")]
    public ActionResult<Film> Get(string id)
    {
        if (films.Find(id) is not { } stored)
        {
            return Problem(statusCode: StatusCodes.Status404NotFound, detail: $"Film {id} doesn't exist");
        }

        Response.Headers.ETag = stored.Etag;
        return Request.Headers.IfNoneMatch == stored.Etag
            ? StatusCode(StatusCodes.Status304NotModified)
            : stored.Film;
    }

    /// <summary>Adds or replaces a film.</summary>
    [HttpPut("{id}")]
    public ActionResult<Film> Put(string id, SaveFilmRequest request)
    {
        var film = new Film(request.Name, request.Year, request.Month);
        return films.Put(id, film) ? StatusCode(StatusCodes.Status201Created, film) : film;
    }
}
