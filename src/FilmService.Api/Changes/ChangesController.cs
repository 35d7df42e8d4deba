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

/// <summary>The change feed, in order of revision, and the history of films.</summary>
[ApiController]
[Description("The change feed, in order of revision, and the history of films.")]
public sealed class ChangesController(IChangeFeed feed) : ControllerBase
{
    /// <summary>The maximum, and default, number of changes in a response.</summary>
    public const int MaxPage = 1000;

    private const string JsonType = "application/json";

    public const string LinesType = "application/x-ndjson";

    public const string StreamType = "text/event-stream";

    /// <summary>Reads the changes after a revision, oldest first, or streams them as server-sent events.</summary>
    /// <remarks>Every change appears exactly once, in order. `next` points to the changes after the last one in the response, even if there are none yet. With `by`, a page may be empty before the end: it is at the end once `next` continues after `Films-Revision`. With `before`, the newest come first, and the last page has no `next`. An event stream starts at the present unless `Last-Event-ID` or `since` is given; without `since`, or with `0`, JSON and NDJSON start at the first change.</remarks>
    /// <response code="200">The changes. NDJSON without a limit returns all of them; an event stream continues with future ones.</response>
    /// <response code="410">The revision does not belong to this catalogue, or is no longer kept.</response>
    /// <response code="429">The maximum number of open event streams has been reached.</response>
    [HttpGet("/changes", Name = "listChanges"), HttpHead("/changes")]
    [Query("since", "limit", ChangePosition.Begun, ChangeSearchParameters.ByName, ChangeSearchParameters.BeforeName)]
    [Representations(JsonType, LinesType, StreamType)]
    [ProducesResponseType<ChangesResponse>(StatusCodes.Status200OK, JsonType, LinesType, StreamType)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status410Gone, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status429TooManyRequests, "application/problem+json")]
    public async Task<ActionResult> List(CancellationToken cancellationToken)
    {
        var type = Negotiation.Choose(Request, [JsonType, LinesType, StreamType]);
        var position = ChangePosition.Of(HttpContext, isStream: type == StreamType);
        var search = ChangeSearchParameters.Of(HttpContext, isStream: type == StreamType);
        Response.Headers.CacheControl = "no-cache";
        Response.Headers.Vary = "Accept";
        return type switch
        {
            LinesType when search is { Before: null } && HttpContext.Limit("limit", MaxPage) is null => new ChangeLinesResult(feed, position!, null, search.By),
            _ when search is not null => await SearchAsync(search, position!, type!, cancellationToken),
            StreamType => new ChangeStreamResult(position),
            LinesType => new ChangeLinesResult(feed, position!, HttpContext.Limit("limit", MaxPage)),
            _ => Page(position!, await feed.ReadAsync(position!.After, HttpContext.Limit("limit", MaxPage) ?? MaxPage, cancellationToken)),
        };
    }

    /// <summary>Lists a film's revisions, newest first, even after it was deleted.</summary>
    /// <response code="200">The film's revisions; <c>next</c> points to older ones and is missing on the last page.</response>
    /// <response code="404">The film does not exist and never did.</response>
    /// <response code="410">The revision does not belong to this catalogue.</response>
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

    private async Task<ActionResult> SearchAsync(ChangeSearchParameters search, ChangePosition position, string type, CancellationToken cancellationToken)
    {
        var limit = HttpContext.Limit("limit", MaxPage) ?? MaxPage;
        var found = await feed.SearchAsync(search.ToSearch(position, limit), cancellationToken);
        var next = search.Next(position, found, LimitSuffix(limit));
        FilmResults.Announce(HttpContext, found.Bounds.Now);
        return type == LinesType ? new ChangePageResult(found.Items, next) : JsonBytesResult.Of(new ChangesResponse(found.Items, next));
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
