namespace FilmService.Api.Commands.Mapping;

/// <summary>What a column of a file says of a film.</summary>
internal enum FilmColumn
{
    /// <summary>Nothing that the catalogue keeps.</summary>
    NotTaken,
    Id,
    Name,
    Year,
    Month,

    /// <summary>A date of release, which is taken apart into year and month.</summary>
    Date,

    // The members of the change feed. The last three are known, and not stored again.
    Deleted,
    Revision,
    At,
    By,
}
