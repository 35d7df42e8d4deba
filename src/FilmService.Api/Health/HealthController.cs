using System.ComponentModel;
using FilmService.Api.Http.Results;
using FilmService.Domain.Films;
using FilmService.Domain.Search;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Health;

/// <summary>How a health check ends.</summary>
/// <param name="Status"><c>ok</c>; a service that is not answers with a problem.</param>
public sealed record HealthResponse(string Status);

/// <summary>Tells those who run the service how it is.</summary>
[ApiController]
[Description("How the service is.")]
[Route("health")]
public sealed class HealthController(FilmCatalog catalog) : ControllerBase
{
    /// <summary>Tells that the process lives.</summary>
    /// <remarks>For the supervisor that would start it again. It asks nothing of the database.</remarks>
    /// <response code="200">It does.</response>
    [HttpGet("live", Name = "live"), HttpHead("live")]
    [ProducesResponseType<HealthResponse>(StatusCodes.Status200OK, "application/json")]
    public ActionResult Live() => Healthy();

    /// <summary>Tells that the service can do its work: the database answers.</summary>
    /// <remarks>For the load balancer that sends requests here.</remarks>
    /// <response code="200">It does.</response>
    /// <response code="503">The database does not answer.</response>
    [HttpGet("ready", Name = "ready"), HttpHead("ready")]
    [ProducesResponseType<HealthResponse>(StatusCodes.Status200OK, "application/json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status503ServiceUnavailable, "application/problem+json")]
    public async Task<ActionResult> Ready(CancellationToken cancellationToken)
    {
        // Asks the database itself; a film by its id may come from memory.
        using var list = await catalog.ListAsync(FilmQuery.All, cancellationToken);
        list.Films.MoveNext();
        return Healthy();
    }

    private JsonBytesResult Healthy()
    {
        Response.Headers.CacheControl = "no-store";
        return JsonBytesResult.Of(new HealthResponse("ok"));
    }
}
