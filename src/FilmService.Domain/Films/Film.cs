namespace FilmService.Domain.Films;

/// <summary>A film of the catalogue, as of the revision that last changed it. It is always valid.</summary>
public sealed record Film(FilmId Id, FilmDetails Details, Revision Revision)
{
    /// <inheritdoc cref="FilmDetails.Name"/>
    public string Name => Details.Name;

    /// <inheritdoc cref="FilmDetails.Year"/>
    public int Year => Details.Year;

    /// <inheritdoc cref="FilmDetails.Month"/>
    public Month? Month => Details.Month;
}
