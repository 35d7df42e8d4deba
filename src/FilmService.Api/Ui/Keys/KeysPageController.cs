using FilmService.Api.Access.Administration;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Api.Http.Strictness;
using FilmService.Api.Ui.Administration;
using FilmService.Api.Ui.Editing;
using FilmService.Api.Ui.Forms;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Ui.Keys;

/// <summary>The pages that list, make and revoke API keys: all for an administrator, else the user's own.</summary>
public sealed class KeysPageController(OwnKeys keys, SentForms forms, TimeProvider clock) : UiController
{
    [HttpGet("ui/keys"), HttpHead("ui/keys")]
    [Representations("text/html")]
    public ActionResult List() => Page<KeysPage>(new KeysModel([.. keys.VisibleTo(User)], clock.GetUtcNow()));

    [HttpGet("ui/add-key"), HttpHead("ui/add-key")]
    [Representations("text/html")]
    public ActionResult Add() => Page<AccessFormPage>(AddModel(FormPageModel.Empty(UiAddress.AddKey)));

    [HttpPost("ui/add-key")]
    [FormFields("name", "scopes", "expiresAt")]
    [Body(ArgumentReader.FormType, IsOnlyPlace = true)]
    [Representations("text/html")]
    public Task<ActionResult> Create(SentForm form) => forms.SendAsync(
        form,
        async () => keys.Find(User, form.NewId) is { } made ? Page<MadePage>(form.Made(made.Name, "name", UiAddress.Keys))
            : await keys.CreateAsync(HttpContext, forms.Checked(new CreateApiKeyRequest(form.ToArguments())), form.NewId) is var (key, text)
            ? Page<SecretPage>(new SecretModel($"The key “{key.Name}” is made", UiAddress.Keys, text, "Programs send it as Authorization: Bearer, or as X-API-Key."))
            : throw new ProblemException(keys.TooMany(User)),
        faults => Page<AccessFormPage>(AddModel(form.Again(UiAddress.AddKey, faults)), StatusCodes.Status400BadRequest));

    [HttpGet("ui/keys/{id}"), HttpHead("ui/keys/{id}")]
    [Representations("text/html")]
    public ActionResult Get(PageTarget target) => keys.Find(User, target.Id) is not { } key ? Gone(target)
        : Page<ConfirmPage>(new ConfirmModel(
            $"Revoke the key “{key.Name}”?", UiAddress.Keys, "Programs that use it can no longer log in. This cannot be undone.", "Revoke this key", UiAddress.In(UiAddress.Keys, key.Id)));

    [HttpPost("ui/keys/{id}")]
    [FormFields]
    [Body(ArgumentReader.FormType, IsOnlyPlace = true)]
    [Representations("text/html")]
    public Task<ActionResult> Revoke(PageTarget target, SentForm form) =>
        forms.OnceAsync(form, async () => await keys.RemoveAsync(HttpContext, target.Id) ? LeadTo(UiAddress.Keys) : Gone(target));

    private static FormPageModel AddModel(FormModel form) => new("Make a key", UiAddress.Keys, form, "A program logs in with it. It is shown once, after this.");

    private static Rendering.PageResult Gone(PageTarget target) => Page<GonePage>(new GoneModel($"API key {target.Id} doesn't exist", UiAddress.Keys), StatusCodes.Status404NotFound);
}
