using FilmService.Api.Ui.Rendering;
using FilmService.Domain.Films;

namespace FilmService.Api.Ui.Editing;

/// <summary>The page that adds a film.</summary>
/// <param name="Form">The form, with what has been typed.</param>
/// <param name="Same">Films of this name and year, about which the visitor is warned.</param>
public sealed record AddModel(FormModel Form, IReadOnlyList<Film> Same) : PageModel("Add a film")
{
    public override string Section => "films";
}

/// <summary>The page that compares what somebody wants to save with what somebody else has saved meanwhile.</summary>
/// <param name="Mine">What the visitor wants to save.</param>
/// <param name="Theirs">The film as it is now; null if it was deleted.</param>
/// <param name="Base">The film as the visitor's form showed it; null if it is no longer known.</param>
/// <param name="Last">Who changed it last; null if it is no longer known.</param>
/// <param name="Now">The time, to say how long ago that was.</param>
public sealed record ConflictModel(FilmId Id, FilmDetails Mine, Film? Theirs, FilmDetails? Base, Domain.Changes.FilmChange? Last, DateTimeOffset Now)
    : PageModel(Theirs is null ? "This film was deleted meanwhile" : "Somebody else changed this film meanwhile")
{
    public override string Section => "films";

    /// <summary>The form that saves the visitor's version over the current one.</summary>
    public FormModel Form { get; } = new(UiAddress.Film(Id), FormModel.ValuesOf(Mine), new Dictionary<string, string>(), Theirs?.Revision);
}
