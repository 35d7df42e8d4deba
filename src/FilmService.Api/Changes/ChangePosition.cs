using FilmService.Api.Films;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Domain.Changes;
using FilmService.Domain.Films;

namespace FilmService.Api.Changes;

/// <summary>Where a reader of the changes stands.</summary>
/// <param name="Since">The revision behind which it reads; null for the first change.</param>
/// <param name="BegunAt">
/// Set on a walk from the first change: the revision at which the walk began. Where the feed lacks superseded changes, the
/// position of such a walk would be too old for anybody else, who would miss what was removed; this reader has missed nothing.
/// </param>
internal sealed record ChangePosition(Revision? Since, Revision? BegunAt)
{
    /// <summary>The parameter that carries <see cref="BegunAt"/>; readers get it in <c>next</c> and send it back.</summary>
    public const string Begun = "begun";

    private const string LastEventId = "Last-Event-ID";

    /// <summary>The number behind which it reads.</summary>
    public long After => Since?.Number ?? 0;

    /// <summary>
    /// Reads the position that a request asks for: <c>Last-Event-ID</c> before <c>since</c>, for streams; null for a stream that
    /// starts now. Whether the catalogue has it is told by <see cref="In"/>, of the moment at which the changes were read.
    /// </summary>
    /// <exception cref="ProblemException">400: it is no revision, or not for this kind of answer.</exception>
    public static ChangePosition? Of(HttpContext context, bool isStream)
    {
        var lastEventId = context.Request.Headers[LastEventId].ToString();
        if (isStream && context.Query("limit").Kind is not ArgumentKind.Missing)
        {
            throw new ProblemException(Problem.OfParameter("limit", "An event stream never ends, so 'limit' is not supported."));
        }

        if (lastEventId.Length > 0)
        {
            return isStream
                ? new ChangePosition(Parse(lastEventId, LastEventId), null)
                : throw new ProblemException(Problem.OfParameter(LastEventId, "Last-Event-ID is only supported for event streams; use 'since' to say where to start."));
        }

        var since = context.Query("since");
        var begun = context.Revision(Begun);
        if (begun is not null && since is { Kind: ArgumentKind.Missing } or { Text: "0" })
        {
            throw new ProblemException(Problem.OfParameter(Begun, $"'{Begun}' is only valid together with the 'since' of the same link."));
        }

        return since switch
        {
            { Kind: ArgumentKind.Missing } when isStream => null,
            { Kind: ArgumentKind.Missing } or { Text: "0" } => new ChangePosition(null, null),
            _ => new ChangePosition(Parse(since.Text, "since"), begun),
        };
    }

    /// <summary>The position in a feed as it was when the changes behind it were read.</summary>
    /// <exception cref="ProblemException">410: a revision is not of this catalogue, of the future, or what came behind it is no longer kept.</exception>
    public ChangePosition In(FeedBounds bounds)
    {
        var placed = After == 0 ? this with { BegunAt = bounds.Now } : this;
        return IsOf(bounds, Since) && IsOf(bounds, BegunAt) && placed.HasMissedNothing(After, bounds)
            ? placed
            : throw new ProblemException(FilmResults.RevisionNotKept(IsOf(bounds, BegunAt) ? Since!.Value : BegunAt!.Value, bounds.Now));
    }

    /// <summary>True while nothing behind a number that the reader has come to was removed that it should have read.</summary>
    public bool HasMissedNothing(long number, FeedBounds bounds) => number >= bounds.RemovedThrough || BegunAt?.Number >= bounds.RemovedThrough;

    /// <summary>The link to what comes behind a revision.</summary>
    public string LinkBehind(Revision revision, FeedBounds bounds, string suffix) =>
        $"/changes?since={revision}{(BegunAt is { } begun && bounds.RemovedThrough > 0 ? $"&{Begun}={begun}" : "")}{suffix}";

    private static bool IsOf(FeedBounds bounds, Revision? revision) =>
        revision is not { } known || (known.Epoch == bounds.Now.Epoch && known.Number <= bounds.Now.Number);

    private static Revision Parse(string text, string name) => Revision.Parse(text)
        ?? throw new ProblemException(Problem.OfParameter(name, $"'{name}' must be a revision, such as k3f9-1042, or 0."));
}
