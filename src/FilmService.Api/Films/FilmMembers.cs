namespace FilmService.Api.Films;

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
