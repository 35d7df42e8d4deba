namespace FilmService.Api.Search;

/// <summary>Members of a film that are shown besides its id.</summary>
[Flags]
public enum FilmMembers
{
    /// <summary>None: the id alone.</summary>
    None = 0,

    /// <summary>The name.</summary>
    Name = 1,

    /// <summary>The year.</summary>
    Year = 2,

    /// <summary>The month.</summary>
    Month = 4,

    /// <summary>All of them.</summary>
    All = Name | Year | Month,
}

/// <summary>What of a list is shown.</summary>
/// <param name="Members">The members of each film.</param>
/// <param name="Next">The address of the next page; null when there is none.</param>
public sealed record FilmListView(FilmMembers Members, string? Next)
{
    /// <summary>True when a member is shown.</summary>
    public bool Shows(FilmMembers member) => (Members & member) != 0;
}
