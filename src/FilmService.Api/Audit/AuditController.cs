using System.ComponentModel;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Api.Http.Results;
using FilmService.Api.Http.Strictness;
using FilmService.Domain.Audit;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Audit;

/// <summary>The audit log: who did what from where.</summary>
[ApiController]
[Description("The audit log: who did what from where.")]
[Route("audit")]
public sealed class AuditController(IAuditLog log) : ControllerBase
{
    /// <summary>The maximum, and default, number of entries in a response.</summary>
    public const int MaxPage = 1000;

    public const string LinesType = "application/x-ndjson";

    private const string JsonType = "application/json";

    /// <summary>Reads the entries of the audit log after a number, oldest first.</summary>
    /// <remarks>Without `since`, or with `0`, it starts at the oldest entry that is kept. `next` points to the entries after the last one in the response, even if there are none yet.</remarks>
    /// <response code="200">The entries. NDJSON without a limit returns all of them.</response>
    /// <response code="410">There is no entry with this number yet, or those after it are no longer kept.</response>
    [HttpGet(Name = "listAudit"), HttpHead]
    [Query("since", "limit")]
    [Representations(JsonType, LinesType)]
    [ProducesResponseType<AuditResponse>(StatusCodes.Status200OK, JsonType, LinesType)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status410Gone, "application/problem+json")]
    public async Task<ActionResult> List(CancellationToken cancellationToken)
    {
        var (since, limit) = (HttpContext.WholeNumber("since") ?? 0, HttpContext.Limit("limit", MaxPage));
        var page = await log.ReadAsync(since, limit ?? MaxPage, cancellationToken);
        Response.Headers.Vary = "Accept";
        if (since > page.Last || (since > 0 && since < page.First - 1))
        {
            return new ProblemResult(new Problem(
                AuditProblems.NotKept, $"The audit log does not have all entries after {since}. Start again without 'since'."));
        }

        var next = $"/audit?since={(page.Items.Count > 0 ? page.Items[^1].Id : since)}{(limit is null ? "" : $"&limit={limit}")}";
        return Negotiation.Choose(Request, [JsonType, LinesType]) == LinesType
            ? Lines(page, limit, next)
            : JsonBytesResult.Of(new AuditResponse(page.Items.Select(AuditItem.Of).ToList(), next));
    }

    private AuditLinesResult Lines(AuditPage page, int? limit, string next)
    {
        if (limit is not null)
        {
            Response.Headers.Link = $"<{next}>; rel=\"next\"";
        }

        return new AuditLinesResult(log, page, limit);
    }
}
