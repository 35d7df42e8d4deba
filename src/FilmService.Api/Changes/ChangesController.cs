using System.ComponentModel;
using FilmService.Api.Films;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Api.Http.Results;
using FilmService.Api.Http.Strictness;
using FilmService.Domain.Changes;
using FilmService.Domain.Films;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Changes;

/// <summary>What has changed, in the order of the one revision.</summary>
[ApiController]
[Description("What has changed, in the order of the one revision.")]
public sealed class ChangesController(IChangeFeed feed) : ControllerBase
{
    /// <summary>The most changes in one answer, and how many there are when nobody asks for fewer.</summary>
    public const int MaxPage = 1000;

    private const string JsonType = "application/json";

    /// <summary>One change on each line.</summary>
    public const string LinesType = "application/x-ndjson";

    /// <summary>One change in each event.</summary>
    public const string StreamType = "text/event-stream";

    /// <summary>Reads the changes behind a revision, oldest first, or follows them as server-sent events.</summary>
    /// <remarks>Every change is told once, in order. `next` leads to those that come behind the answer's last, also when there are none yet. As events, the stream begins now unless `Last-Event-ID` or `since` says where; without `since`, or with `0`, JSON and NDJSON begin at the first change.</remarks>
    /// <response code="200">The changes. As NDJSON without a limit: all of them; as events: those to come, too.</response>
    /// <response code="410">The revision is not one of this catalogue's, or no longer kept.</response>
    /// <response code="429">There are as many open streams as the service keeps.</response>
    [HttpGet("/changes", Name = "listChanges"), HttpHead("/changes")]
    [Query("since", "limit", ChangePosition.Begun)]
    [Representations(JsonType, LinesType, StreamType)]
    [ProducesResponseType<ChangesResponse>(StatusCodes.Status200OK, JsonType, LinesType, StreamType)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status410Gone, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status429TooManyRequests, "application/problem+json")]
    public async Task<ActionResult> List(CancellationToken cancellationToken)
    {
        var type = Negotiation.Choose(Request, [JsonType, LinesType, StreamType]);
        var position = ChangePosition.Of(HttpContext, isStream: type == StreamType);
        Response.Headers.CacheControl = "no-cache";
        Response.Headers.Vary = "Accept";
        return type switch
        {
            StreamType => new ChangeStreamResult(position),
            LinesType => new ChangeLinesResult(feed, position!, HttpContext.Limit("limit", MaxPage)),
            _ => Page(position!, await feed.ReadAsync(position!.After, HttpContext.Limit("limit", MaxPage) ?? MaxPage, cancellationToken)),
        };
    }

    /// <summary>Reads what a film was, newest first, also after it was deleted.</summary>
    /// <response code="200">The film's revisions; <c>next</c> leads to older ones and is missing on the last page.</response>
    /// <response code="404">There is and was no such film.</response>
    /// <response code="410">The revision is not one of this catalogue's.</response>
    [HttpGet("/films/{id}/history", Name = "listHistory"), HttpHead("/films/{id}/history")]
    [Query("before", "limit")]
    [ProducesResponseType<ChangesResponse>(StatusCodes.Status200OK, JsonType)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status410Gone, "application/problem+json")]
    public async Task<ActionResult> History(FilmId id, CancellationToken cancellationToken)
    {
        var bounds = await feed.GetBoundsAsync(cancellationToken);
        var before = HttpContext.Revision("before");
        if (before is { } revision && (revision.Epoch != bounds.Now.Epoch || revision.Number > bounds.Now.Number + 1))
        {
            return new ProblemResult(FilmResults.RevisionNotKept(revision, bounds.Now));
        }

        var limit = HttpContext.Limit("limit", MaxPage) ?? MaxPage;
        var page = await feed.ReadHistoryAsync(id, before?.Number ?? long.MaxValue, limit + 1, cancellationToken);
        FilmResults.Announce(HttpContext, page.Now);
        Response.Headers.CacheControl = "no-cache";
        if (page.Items.Count == 0 && before is null)
        {
            return FilmResults.NotFound(id);
        }

        var items = page.Items.Take(limit).ToList();
        var next = page.Items.Count > limit
            ? $"/films/{Uri.EscapeDataString(id.Value)}/history?before={items[^1].Revision}{LimitSuffix(limit)}"
            : null;
        return JsonBytesResult.Of(new ChangesResponse(items, next));
    }

    private JsonBytesResult Page(ChangePosition asked, ChangePage page)
    {
        var position = asked.In(page.Bounds);
        FilmResults.Announce(HttpContext, page.Now);
        var limit = HttpContext.Limit("limit", MaxPage) ?? MaxPage;
        var last = page.Items.Count > 0 ? page.Items[^1].Revision : page.Now with { Number = position.After };
        return JsonBytesResult.Of(new ChangesResponse(page.Items, position.LinkBehind(last, page.Bounds, LimitSuffix(limit))));
    }

    private static string LimitSuffix(int limit) => limit == MaxPage ? "" : $"&limit={limit}";
}
