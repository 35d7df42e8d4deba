using FilmService.Api.Arguments;
using FilmService.Api.Errors;
using FilmService.Api.Http;
using FilmService.Domain.Changes;
using FilmService.Domain.Films;

namespace FilmService.Api.Changes;

/// <summary>Where a reader of the changes stands.</summary>
/// <param name="After">The number behind which it reads.</param>
/// <param name="BegunAt">
/// Set on a walk from the first change through a feed that lacks superseded ones: the revision at which the walk began.
/// Its position would be too old for anybody else, who would miss what was removed; this reader has missed nothing.
/// </param>
internal sealed record ChangePosition(long After, Revision? BegunAt)
{
    /// <summary>The parameter that carries <see cref="BegunAt"/>; readers get it in <c>next</c> and send it back.</summary>
    public const string Begun = "begun";

    /// <summary>Reads the position that a request asks for: <c>Last-Event-ID</c> before <c>since</c>, for streams.</summary>
    /// <exception cref="ProblemException">400: it is no revision. 410: it is not one of this catalogue's, or no longer kept.</exception>
    public static ChangePosition Of(HttpContext context, FeedBounds bounds, bool isStream)
    {
        if (isStream && context.Query("limit").Kind is not ArgumentKind.Missing)
        {
            throw new ProblemException(Problem.OfParameter("limit", "A stream of events has no end, so it takes no limit."));
        }

        var lastEventId = isStream ? context.Request.Headers["Last-Event-ID"].ToString() : "";
        if (lastEventId.Length > 0)
        {
            return new ChangePosition(Resume(Parse(lastEventId, "Last-Event-ID"), bounds, null), null);
        }

        var since = context.Query("since");
        var begun = context.Revision(Begun);
        return since switch
        {
            { Kind: ArgumentKind.Missing } when isStream => new ChangePosition(bounds.Now.Number, null),
            { Kind: ArgumentKind.Missing } or { Text: "0" } => new ChangePosition(0, bounds.RemovedThrough > 0 ? bounds.Now : null),
            _ => new ChangePosition(Resume(Parse(since.Text, "since"), bounds, begun), begun),
        };
    }

    /// <summary>The link to what comes behind a revision.</summary>
    public string LinkBehind(Revision revision, string suffix) =>
        $"/changes?since={revision}{(BegunAt is { } begun ? $"&{Begun}={begun}" : "")}{suffix}";

    private static Revision Parse(string text, string name) => Revision.Parse(text)
        ?? throw new ProblemException(Problem.OfParameter(name, $"'{name}' must be a revision, such as k3f9-1042, or 0."));

    private static long Resume(Revision since, FeedBounds bounds, Revision? begun)
    {
        var missedNothing = since.Number == 0
            || (begun is { } start && start.Number >= bounds.RemovedThrough && bounds.Includes(start));
        if (since.Epoch != bounds.Now.Epoch || since.Number > bounds.Now.Number || (since.Number < bounds.RemovedThrough && !missedNothing))
        {
            throw new ProblemException(new Problem(
                ProblemTypes.FeedReset, $"Revision {since} is of another catalogue, of the future, or older than what is kept."));
        }

        return since.Number;
    }
}
