using FilmService.Api.Films;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Api.Http.Strictness;
using FilmService.Api.Ui.Rendering;
using FilmService.Domain.Films;
using FilmService.Domain.Writing;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Ui.Editing;

/// <summary>The page of one film, and the forms on it.</summary>
public sealed class FilmPageController(FilmCatalog catalog, FilmPageReader pages) : UiController
{
    [HttpGet("ui/films/{id}"), HttpHead("ui/films/{id}")]
    [Query("saved", "before")]
    [Representations("text/html")]
    public async Task<ActionResult> Get(FilmPageId film, CancellationToken cancellationToken) => film.Id is { } id
        ? Show(await pages.ReadAsync(id, null, HttpContext.Revision("saved"), HttpContext.Revision("before"), cancellationToken))
        : Page<MissingFilm>(new MissingFilmModel(null), StatusCodes.Status404NotFound);

    [HttpPost("ui/films/{id}")]
    [Body(ArgumentReader.FormType)]
    [Representations("text/html")]
    public async Task<ActionResult> Save(FilmPageId film, FilmForm form, CancellationToken cancellationToken)
    {
        if (film.Id is not { } id)
        {
            return Page<MissingFilm>(new MissingFilmModel(null), StatusCodes.Status404NotFound);
        }

        if (form.Faults.Count > 0)
        {
            var shown = new FormModel(UiAddress.Film(id), form.Values, form.Faults, form.Revision);
            return Show(await pages.ReadAsync(id, shown, null, null, cancellationToken), StatusCodes.Status400BadRequest);
        }

        var details = form.Film.ToDetails();
        var outcome = await catalog.PutAsync(id, details, form.Unchanged, form.Origin, cancellationToken);
        return outcome.IsSuccess
            ? Done(outcome)
            : Page<ConflictPage>(await pages.CompareAsync(id, details, form.Revision, cancellationToken), StatusCodes.Status412PreconditionFailed);
    }

    [HttpPost("ui/films/{id}/delete")]
    [Body(ArgumentReader.FormType)]
    [Representations("text/html")]
    public async Task<ActionResult> Delete(FilmPageId film, FilmForm form, CancellationToken cancellationToken) =>
        Done(await catalog.DeleteAsync(IdOf(film), form.Unchanged, form.Origin, cancellationToken));

    [HttpPost("ui/films/{id}/restore")]
    [Body(ArgumentReader.FormType)]
    [Representations("text/html")]
    public async Task<ActionResult> Restore(FilmPageId film, FilmForm form, CancellationToken cancellationToken)
    {
        var to = form.Revision ?? throw new ProblemException(Http.Problems.Problem.OfParameter("revision", "The form does not say which version to go back to."));
        return await catalog.RestoreAsync(IdOf(film), to, form.CurrentUnchanged, form.Origin, cancellationToken) is { } outcome
            ? Done(outcome)
            : throw new ProblemException(FilmResults.RevisionNotKept(to, await catalog.GetRevisionAsync(cancellationToken)));
    }

    private static FilmId IdOf(FilmPageId film) => film.Id ?? throw new ProblemException(new Problem(FilmProblems.InvalidId, FilmId.Rule));

    private static PageResult Show(PageModel model, int status = StatusCodes.Status200OK) => model is MissingFilmModel
        ? Page<MissingFilm>(model, StatusCodes.Status404NotFound)
        : Page<FilmView>(model, status);

    // Also for what was not done: the page shows the film as it is now.
    private static LeadResult Done(FilmOutcome outcome) => outcome.Kind switch
    {
        FilmOutcomeKind.PreconditionFailed => throw new ProblemException(new Problem(
            FilmProblems.PreconditionFailed, "Somebody else has changed this film since the page was shown. Nothing was done: load the page again.")),
        FilmOutcomeKind.KeyReused => throw new ProblemException(FilmResults.KeyReused),
        FilmOutcomeKind.NotFound => LeadTo(UiAddress.Film(outcome.Id)),
        _ => LeadTo($"{UiAddress.Film(outcome.Id)}?saved={outcome.Revision}"),
    };
}
