namespace FilmService.Domain.Films;

/// <summary>A film of the catalogue, at one revision. It is always valid.</summary>
/// <param name="Id">Its name in the catalogue.</param>
/// <param name="Details">What it says of itself.</param>
/// <param name="Revision">The change that made it so.</param>
public sealed record Film(FilmId Id, FilmDetails Details, Revision Revision)
{
    /// <inheritdoc cref="FilmDetails.Name"/>
    public string Name => Details.Name;

    /// <inheritdoc cref="FilmDetails.Year"/>
    public int Year => Details.Year;

    /// <inheritdoc cref="FilmDetails.Month"/>
    public Month? Month => Details.Month;
}
