using FilmService.Api.Films;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Domain.Changes;
using FilmService.Domain.Films;

namespace FilmService.Api.Changes;

/// <summary>The parameters that filter the change feed, or page backwards.</summary>
/// <param name="By">The caller who made the changes; null for anyone.</param>
/// <param name="Before">The revision to page backwards from; null for the usual order.</param>
internal sealed record ChangeSearchParameters(string? By, Revision? Before)
{
    public const string ByName = "by";
    public const string BeforeName = "before";

    /// <summary>The parameters; null if there are none.</summary>
    /// <exception cref="ProblemException">400: they are invalid, or not allowed with others.</exception>
    public static ChangeSearchParameters? Of(HttpContext context, bool isStream)
    {
        var (by, before) = (context.Query(ByName), context.Revision(BeforeName));
        if (by.Kind is ArgumentKind.Missing && before is null)
        {
            return null;
        }

        Refuse(isStream, by.Kind is ArgumentKind.Missing ? BeforeName : ByName, "An event stream has all future changes, so neither 'by' nor 'before' is supported: filter the events.");
        Refuse(by.Kind is ArgumentKind.Null, ByName, "'by' must be the name of a caller.");
        Refuse(before is not null && context.Query("since").Kind is not ArgumentKind.Missing, BeforeName, "'before' pages backwards, so it cannot be combined with 'since'.");
        return new ChangeSearchParameters(by.Kind is ArgumentKind.Missing ? null : by.Text, before);
    }

    /// <summary>The search after a position, or before a revision.</summary>
    public ChangeSearch ToSearch(ChangePosition position, int limit) => new(Before?.Number ?? position.After, Before is not null, By, limit);

    /// <summary>The URL to continue at; null if there are no older changes.</summary>
    /// <exception cref="ProblemException">410: the catalogue does not have the revision, or no longer keeps it.</exception>
    public string? Next(ChangePosition position, FoundChanges found, string limit)
    {
        var suffix = By is null ? limit : $"&{ByName}={Uri.EscapeDataString(By)}{limit}";
        if (Before is not { } before)
        {
            return position.In(found.Bounds).LinkBehind(found.Bounds.Now with { Number = found.Reached!.Value }, found.Bounds, suffix);
        }

        var now = found.Bounds.Now;
        if (before.Epoch != now.Epoch || before.Number > now.Number + 1)
        {
            throw new ProblemException(FilmResults.RevisionNotKept(before, now));
        }

        return found.Reached is { } reached ? $"/changes?{BeforeName}={now with { Number = reached }}{suffix}" : null;
    }

    private static void Refuse(bool isRefused, string name, string message)
    {
        if (isRefused)
        {
            throw new ProblemException(Problem.OfParameter(name, message));
        }
    }
}
