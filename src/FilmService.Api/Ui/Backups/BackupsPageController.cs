using FilmService.Api.Backups;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Strictness;
using FilmService.Api.Ui.Administration;
using FilmService.Api.Ui.Forms;
using FilmService.Domain.Backups;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Ui.Backups;

/// <summary>The pages that list, make and delete backups.</summary>
public sealed class BackupsPageController(BackupAdministration backups, BackupStatus status, SentForms forms, TimeProvider clock) : UiController
{
    [HttpGet("ui/backups"), HttpHead("ui/backups")]
    [Representations("text/html")]
    public ActionResult List() => Page<BackupsPage>(ToModel(null));

    [HttpPost("ui/backups")]
    [FormFields]
    [Body(ArgumentReader.FormType, IsOnlyPlace = true)]
    [Representations("text/html")]
    public Task<ActionResult> Create(SentForm form) => forms.SendAsync(
        form,
        async () =>
        {
            await backups.CreateAsync(HttpContext);
            return LeadTo(UiAddress.Backups);
        },
        faults => Page<BackupsPage>(ToModel(faults.Values.First()), StatusCodes.Status409Conflict));

    [HttpGet("ui/backups/{name}"), HttpHead("ui/backups/{name}")]
    [Representations("text/html")]
    public ActionResult Get(PageTarget target) => !backups.List().Any(backup => backup.Name == target.Id) ? Gone(target)
        : Page<ConfirmPage>(new ConfirmModel(
            "Delete this backup?", UiAddress.Backups, $"The file {target.Id} is deleted. This cannot be undone.", "Delete this backup", UiAddress.In(UiAddress.Backups, target.Id)));

    [HttpPost("ui/backups/{name}")]
    [FormFields]
    [Body(ArgumentReader.FormType, IsOnlyPlace = true)]
    [Representations("text/html")]
    public Task<ActionResult> Delete(PageTarget target, SentForm form) =>
        forms.OnceAsync(form, async () => await backups.RemoveAsync(HttpContext, target.Id) ? LeadTo(UiAddress.Backups) : Gone(target));

    private BackupsModel ToModel(string? fault) => new(backups.List(), status.AgeOfLastVerified, status.IsFailing, clock.GetUtcNow()) { Fault = fault };

    private static Rendering.PageResult Gone(PageTarget target) => Page<GonePage>(new GoneModel($"Backup {target.Id} doesn't exist", UiAddress.Backups), StatusCodes.Status404NotFound);
}
