using FilmService.Api.Films;

namespace FilmService.Api.Search;

/// <summary>What of a list is shown.</summary>
/// <param name="Members">The members of each film.</param>
/// <param name="Next">The address of the next page; null when there is none.</param>
public sealed record FilmListView(FilmMembers Members, string? Next)
{
    /// <summary>True when a member is shown.</summary>
    public bool Shows(FilmMembers member) => (Members & member) != 0;
}
