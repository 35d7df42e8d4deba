using System.ComponentModel;
using System.Text.Json.Serialization;
using FilmService.Api.Access.Authorization;
using FilmService.Api.Http.Problems;
using FilmService.Api.Http.Results;
using FilmService.Domain.Backups;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Health;

/// <summary>The result of a health check.</summary>
/// <param name="Status">Always <c>ok</c>; a failed check is answered with a problem.</param>
/// <param name="Warnings">
/// What needs an operator although requests are served: <c>backups</c>, if the last scheduled backup failed. Absent if there is nothing.
/// </param>
public sealed record HealthResponse(string Status, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Warnings = null);

/// <summary>Health checks for the operators of the service.</summary>
[ApiController]
[Description("Health checks.")]
[Route("health")]
public sealed class HealthController(Readiness readiness, BackupStatus backups) : ControllerBase
{
    private const int RetryAfterSeconds = 5;

    /// <summary>Liveness: reports that the process is running.</summary>
    /// <remarks>For the supervisor that restarts the process. Does not query the database.</remarks>
    /// <response code="200">The process is running.</response>
    [HttpGet("live", Name = "live"), HttpHead("live")]
    [ProducesResponseType<HealthResponse>(StatusCodes.Status200OK, "application/json")]
    public ActionResult Live() => Healthy();

    /// <summary>Readiness: reports whether requests can be served.</summary>
    /// <remarks>
    /// For the load balancer that sends requests to this process. It commits a transaction that changes nothing, and lists a film, at most
    /// once a second. The member <c>failedChecks</c> names what does not work; <c>reasons</c> says why, to callers with the scope admin.
    /// </remarks>
    /// <response code="200">Films can be read and written.</response>
    /// <response code="503">Something does not work.</response>
    [HttpGet("ready", Name = "ready"), HttpHead("ready")]
    [ProducesResponseType<HealthResponse>(StatusCodes.Status200OK, "application/json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status503ServiceUnavailable, "application/problem+json")]
    public async Task<ActionResult> Ready()
    {
        var failures = await readiness.FindFailuresAsync();
        return failures.Count == 0 ? Healthy(backups.IsFailing ? ["backups"] : null) : NotReady(failures);
    }

    private ProblemResult NotReady(IReadOnlyDictionary<string, string> failures)
    {
        Response.Headers.CacheControl = "no-store";
        return new(new Problem(ProblemTypes.Unavailable, $"The service is not ready: {string.Join(" and ", failures.Keys)} failed. Try again in {RetryAfterSeconds} seconds.")
        {
            Members = new Dictionary<string, object?> { ["failedChecks"] = failures.Keys, ["reasons"] = User.Has(Scope.Admin) ? failures : null },
            Fields = new Dictionary<string, string> { ["Retry-After"] = $"{RetryAfterSeconds}" },
        });
    }

    private JsonBytesResult Healthy(IReadOnlyList<string>? warnings = null)
    {
        Response.Headers.CacheControl = "no-store";
        return JsonBytesResult.Of(new HealthResponse("ok", warnings));
    }
}
