using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Strictness;
using FilmService.Api.Ui.Administration;
using FilmService.Api.Ui.Editing;
using FilmService.Api.Ui.Forms;
using FilmService.Api.Webhooks;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Ui.Webhooks;

/// <summary>The pages that list, add, change and delete webhooks.</summary>
public sealed class WebhooksPageController(WebhookReader reader, WebhookAdministration webhooks, SentForms forms) : UiController
{
    [HttpGet("ui/webhooks"), HttpHead("ui/webhooks")]
    [Representations("text/html")]
    public async Task<ActionResult> List(CancellationToken cancellationToken) => Page<WebhooksPage>(await reader.ReadAllAsync(cancellationToken));

    [HttpGet("ui/add-webhook"), HttpHead("ui/add-webhook")]
    [Representations("text/html")]
    public ActionResult Add() => Page<WebhookFormPage>(AddModel(FormPageModel.Empty(UiAddress.AddWebhook)));

    [HttpPost("ui/add-webhook")]
    [FormFields("url", "description")]
    [Body(ArgumentReader.FormType, IsOnlyPlace = true)]
    [Representations("text/html")]
    public Task<ActionResult> Create(SentForm form) => forms.SendAsync(
        form,
        async () =>
        {
            var request = forms.Checked(new CreateWebhookRequest(form.ToArguments()));
            if (reader.Find(form.NewId) is { } made)
            {
                return Page<MadePage>(form.Made(made.Url, "url", UiAddress.Webhooks));
            }

            var (webhook, secret) = await webhooks.CreateAsync(HttpContext, request, form.NewId);
            return Page<SecretPage>(new SecretModel("The webhook is added", UiAddress.Webhooks, secret, "The receiver verifies with this secret that deliveries come from this service."));
        },
        faults => Page<WebhookFormPage>(AddModel(form.Again(UiAddress.AddWebhook, faults)), StatusCodes.Status400BadRequest));

    [HttpGet("ui/webhooks/{id}"), HttpHead("ui/webhooks/{id}")]
    [Query("tested", "all")]
    [Representations("text/html")]
    public async Task<ActionResult> Get(PageTarget target, CancellationToken cancellationToken) => reader.Find(target.Id) is not { } webhook ? Gone(target)
        : Page<WebhookPage>(await reader.ReadAsync(webhook, null, cancellationToken) with { TestedId = HttpContext.Query("tested").Text, ShowsAll = HttpContext.Flag("all") });

    [HttpPost("ui/webhooks/{id}")]
    [FormFields("url", "description")]
    [Body(ArgumentReader.FormType, IsOnlyPlace = true)]
    [Representations("text/html")]
    public async Task<ActionResult> Save(PageTarget target, SentForm form, CancellationToken cancellationToken)
    {
        if (reader.Find(target.Id) is not { } webhook)
        {
            return Gone(target);
        }

        var before = await reader.ReadAsync(webhook, null, cancellationToken);
        return await forms.SendAsync(
            form,
            async () => await webhooks.ChangeAsync(HttpContext, webhook.Id, forms.Checked(new PatchWebhookRequest(form.ToArguments()))) is null ? Gone(target) : LeadTo(before.Address),
            faults => Page<WebhookPage>(before with { Form = form.Again(before.Address, faults) }, StatusCodes.Status400BadRequest));
    }

    [HttpGet("ui/webhooks/{id}/delete"), HttpHead("ui/webhooks/{id}/delete")]
    [Representations("text/html")]
    public ActionResult Delete(PageTarget target) => reader.Find(target.Id) is not { } webhook ? Gone(target)
        : Page<ConfirmPage>(new ConfirmModel(
            "Delete this webhook?", UiAddress.In(UiAddress.Webhooks, webhook.Id), $"{webhook.Url} gets no more changes, and the list of deliveries is deleted. This cannot be undone.",
            "Delete this webhook", UiAddress.In(UiAddress.Webhooks, webhook.Id) + "/delete"));

    [HttpPost("ui/webhooks/{id}/delete")]
    [FormFields]
    [Body(ArgumentReader.FormType, IsOnlyPlace = true)]
    [Representations("text/html")]
    public Task<ActionResult> Remove(PageTarget target, SentForm form) =>
        forms.OnceAsync(form, async () => await webhooks.RemoveAsync(HttpContext, target.Id) ? LeadTo(UiAddress.Webhooks) : Gone(target));

    private static FormPageModel AddModel(FormModel form) =>
        new("Add a webhook", UiAddress.Webhooks, form, "Every change from now on is sent to a URL, signed, and repeated until it is accepted. The secret for the signature is shown once, after this.");

    internal static Rendering.PageResult Gone(PageTarget target) => Page<GonePage>(new GoneModel($"Webhook {target.Id} doesn't exist", UiAddress.Webhooks), StatusCodes.Status404NotFound);
}
