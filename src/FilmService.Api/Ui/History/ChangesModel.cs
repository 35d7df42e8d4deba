using FilmService.Api.Ui.Rendering;

namespace FilmService.Api.Ui.History;

/// <summary>The page that lists the latest changes.</summary>
/// <param name="By">The caller whose changes are listed; null for everybody's.</param>
/// <param name="Now">The time, to say how long ago they were made.</param>
public sealed record ChangesModel(ChangeGroups Groups, string? By, DateTimeOffset Now) : PageModel("Changes")
{
    public override string Section => "changes";

    public override string? Revision => Groups.IsNewest ? Groups.Now.ToString() : null;

    /// <summary>The address of the changes before a revision, of the same caller.</summary>
    /// <param name="before">Null for the newest.</param>
    public string Address(Domain.Films.Revision? before) => UiAddress.ChangesOf(By, before);
}
