using FilmService.Api.Ui.Rendering;

namespace FilmService.Api.Ui.Lists;

/// <summary>The page that lists films.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="Rows">The films; null if the parameters are not valid.</param>
/// <param name="Near">Names like the one searched for, if nothing was found.</param>
/// <param name="Now">The time, to say how long ago a film was changed.</param>
public sealed record ListModel(ListQuery Request, FilmRows? Rows, IReadOnlyList<string> Near, DateTimeOffset Now) : PageModel("Films")
{
    public override string Section => "films";

    public override string? Revision => Rows?.Revision.ToString();

    public ListAddress Address => Request.Address;
}

/// <summary>The part of the page that counts the films of a large catalogue.</summary>
/// <param name="Counts">The counts; null if they take too long.</param>
public sealed record CountsModel(ListAddress Address, ListCounts? Counts) : PageModel("Films")
{
    public override string Section => "films";
}
