using FilmService.Api.Ui.Rendering;

namespace FilmService.Api.Ui.History;

/// <summary>The page that lists the latest changes.</summary>
/// <param name="Now">The time, to say how long ago they were made.</param>
public sealed record ChangesModel(ChangeGroups Groups, DateTimeOffset Now) : PageModel("Changes")
{
    public override string Section => "changes";

    public override string? Revision => Groups.IsNewest ? Groups.Now.ToString() : null;
}
