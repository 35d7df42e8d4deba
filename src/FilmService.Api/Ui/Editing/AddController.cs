using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Strictness;
using FilmService.Domain.Films;
using FilmService.Domain.Writing;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Ui.Editing;

/// <summary>The page that adds a film.</summary>
public sealed class AddController(FilmCatalog catalog, FilmPageReader pages) : UiController
{
    [HttpGet("ui/add"), HttpHead("ui/add")]
    [Query("id")]
    [Representations("text/html")]
    public ActionResult Get() => Page<AddPage>(new AddModel(FormModel.Empty with { Values = new Dictionary<string, string> { ["id"] = HttpContext.Query("id").Text ?? "" } }, []));

    [HttpPost("ui/add")]
    [Body(ArgumentReader.FormType)]
    [Representations("text/html")]
    public async Task<ActionResult> Add(FilmForm form, CancellationToken cancellationToken)
    {
        if (form.Faults.Count > 0)
        {
            return Page<AddPage>(new AddModel(Again(form, form.Faults), []), StatusCodes.Status400BadRequest);
        }

        var details = form.Film.ToDetails();
        if (!form.IsSure && await pages.FindSameAsync(HttpContext, details) is { Count: > 0 } same && !await IsReplayAsync(form, details, cancellationToken))
        {
            return Page<AddPage>(new AddModel(Again(form, form.Faults), same), StatusCodes.Status409Conflict);
        }

        var outcome = await catalog.AddAsync(form.Film.ToId(), details, form.Origin, cancellationToken);
        return outcome.IsSuccess
            ? LeadTo($"{UiAddress.Film(outcome.Id)}?saved={outcome.Revision}")
            : Page<AddPage>(new AddModel(Again(form, FaultOf(outcome)), []), StatusCodes.Status409Conflict);
    }

    // A form that is sent twice finds the film that it has added itself: its key tells. A dry run stores nothing.
    private async Task<bool> IsReplayAsync(FilmForm form, FilmDetails details, CancellationToken cancellationToken) =>
        form.Origin.IdempotencyKey is not null && (await catalog.AddAsync(form.Film.ToId(), details, form.Origin with { DryRun = true }, cancellationToken)).Replayed;

    private static FormModel Again(FilmForm form, IReadOnlyDictionary<string, string> faults) => new(UiAddress.Add, form.Values, faults, null);

    private static Dictionary<string, string> FaultOf(FilmOutcome outcome) => new()
    {
        ["id"] = outcome.Kind is FilmOutcomeKind.IdTaken
            ? $"Film {outcome.Id} already exists."
            : "This form has added a film already. Send it again to add another one.",
    };
}
