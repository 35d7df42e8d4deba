using FilmService.Api.Films;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Domain.Changes;
using FilmService.Domain.Films;

namespace FilmService.Api.Changes;

/// <summary>A reader's position in the change feed.</summary>
/// <param name="Since">The revision to continue after; null for the beginning.</param>
/// <param name="BegunAt">
/// Set while reading from the first change: the revision at which the reader started. Once superseded changes have been pruned,
/// the same position would be too old for any other reader, who would miss what was removed; this reader has missed nothing.
/// </param>
internal sealed record ChangePosition(Revision? Since, Revision? BegunAt)
{
    /// <summary>The parameter that carries <see cref="BegunAt"/>; readers receive it in <c>next</c> and send it back.</summary>
    public const string Begun = "begun";

    private const string LastEventId = "Last-Event-ID";

    /// <summary>The number to continue after; 0 for the beginning.</summary>
    public long After => Since?.Number ?? 0;

    /// <summary>
    /// Reads the requested position. In streams <c>Last-Event-ID</c> takes precedence over <c>since</c>, and null means a stream
    /// that starts now. Whether the catalogue has the position is checked by <see cref="In"/>, as of the moment when the changes
    /// are read.
    /// </summary>
    /// <exception cref="ProblemException">400: it is not a revision, or not allowed for this kind of response.</exception>
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

    /// <summary>Checks the position against the feed as it was when the changes after it were read.</summary>
    /// <exception cref="ProblemException">
    /// 410: the revision belongs to another catalogue or to the future, or the changes after it are no longer kept.
    /// </exception>
    public ChangePosition In(FeedBounds bounds)
    {
        var placed = After == 0 ? this with { BegunAt = bounds.Now } : this;
        return IsOf(bounds, Since) && IsOf(bounds, BegunAt) && placed.HasMissedNothing(After, bounds)
            ? placed
            : throw new ProblemException(FilmResults.RevisionNotKept(IsOf(bounds, BegunAt) ? Since!.Value : BegunAt!.Value, bounds.Now));
    }

    /// <summary>True if no change that the reader should have seen was removed after the number that it has reached.</summary>
    public bool HasMissedNothing(long number, FeedBounds bounds) => number >= bounds.RemovedThrough || BegunAt?.Number >= bounds.RemovedThrough;

    /// <summary>The link to the changes after a revision.</summary>
    public string LinkBehind(Revision revision, FeedBounds bounds, string suffix) =>
        $"/changes?since={revision}{(BegunAt is { } begun && bounds.RemovedThrough > 0 ? $"&{Begun}={begun}" : "")}{suffix}";

    private static bool IsOf(FeedBounds bounds, Revision? revision) =>
        revision is not { } known || (known.Epoch == bounds.Now.Epoch && known.Number <= bounds.Now.Number);

    private static Revision Parse(string text, string name) => Revision.Parse(text)
        ?? throw new ProblemException(Problem.OfParameter(name, $"'{name}' must be a revision, such as k3f9-1042, or 0."));
}
