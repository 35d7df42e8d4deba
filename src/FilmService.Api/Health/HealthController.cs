using System.ComponentModel;
using FilmService.Api.Http.Results;
using FilmService.Domain.Films;
using FilmService.Domain.Search;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Health;

/// <summary>The result of a health check.</summary>
/// <param name="Status">Always <c>ok</c>; a failed check is answered with a problem.</param>
public sealed record HealthResponse(string Status);

/// <summary>Health checks for the operators of the service.</summary>
[ApiController]
[Description("Health checks.")]
[Route("health")]
public sealed class HealthController(FilmCatalog catalog) : ControllerBase
{
    /// <summary>Liveness: reports that the process is running.</summary>
    /// <remarks>For the supervisor that restarts the process. Does not query the database.</remarks>
    /// <response code="200">The process is running.</response>
    [HttpGet("live", Name = "live"), HttpHead("live")]
    [ProducesResponseType<HealthResponse>(StatusCodes.Status200OK, "application/json")]
    public ActionResult Live() => Healthy();

    /// <summary>Readiness: reports whether the database is available.</summary>
    /// <remarks>For the load balancer that sends requests to this process.</remarks>
    /// <response code="200">The database is available.</response>
    /// <response code="503">The database is not responding.</response>
    [HttpGet("ready", Name = "ready"), HttpHead("ready")]
    [ProducesResponseType<HealthResponse>(StatusCodes.Status200OK, "application/json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status503ServiceUnavailable, "application/problem+json")]
    public async Task<ActionResult> Ready(CancellationToken cancellationToken)
    {
        // This queries the database; a single film might come from the cache.
        return await catalog.ListAsync(OneFilm, time: null, _ => Task.FromResult(Healthy()), cancellationToken);
    }

    private static readonly FilmQuery OneFilm = FilmQuery.All with { Page = new FilmPage(1) };

    private JsonBytesResult Healthy()
    {
        Response.Headers.CacheControl = "no-store";
        return JsonBytesResult.Of(new HealthResponse("ok"));
    }
}
