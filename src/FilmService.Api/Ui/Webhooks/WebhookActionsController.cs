using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Strictness;
using FilmService.Api.Ui.Administration;
using FilmService.Api.Ui.Editing;
using FilmService.Api.Ui.Forms;
using FilmService.Api.Webhooks;
using FilmService.Domain.Webhooks;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Ui.Webhooks;

/// <summary>The buttons on the page of a webhook: pause and resume, test, a new secret, and sending changes again.</summary>
public sealed class WebhookActionsController(WebhookReader reader, WebhookAdministration webhooks, SentForms forms) : UiController
{
    [HttpPost("ui/webhooks/{id}/enabled")]
    [FormFields("enabled")]
    [Body(ArgumentReader.FormType, IsOnlyPlace = true)]
    [Representations("text/html")]
    public Task<ActionResult> Enable(PageTarget target, SentForm form) => forms.OnceAsync(form, async () =>
        LeadBack(target, await webhooks.ChangeAsync(HttpContext, target.Id, forms.Checked(new PatchWebhookRequest(form.ToArguments())))));

    [HttpPost("ui/webhooks/{id}/test")]
    [FormFields]
    [Body(ArgumentReader.FormType, IsOnlyPlace = true)]
    [Representations("text/html")]
    public Task<ActionResult> Test(PageTarget target, SentForm form, CancellationToken cancellationToken) => forms.OnceAsync(form, async () =>
        await webhooks.TestAsync(target.Id, cancellationToken) is { } attempt ? LeadTo($"{AddressOf(target)}?tested={attempt.DeliveryId}") : WebhooksPageController.Gone(target));

    [HttpGet("ui/webhooks/{id}/secret"), HttpHead("ui/webhooks/{id}/secret")]
    [Representations("text/html")]
    public ActionResult Secret(PageTarget target) => reader.Find(target.Id) is not { } webhook ? WebhooksPageController.Gone(target)
        : Page<ConfirmPage>(new ConfirmModel(
            "Make a new secret?", AddressOf(target), $"Deliveries to {webhook.Url} are signed with the new secret, and for 24 hours with the earlier one as well. Give the receiver the new one in this time.",
            "Make a new secret", AddressOf(target) + "/secret"));

    [HttpPost("ui/webhooks/{id}/secret")]
    [FormFields]
    [Body(ArgumentReader.FormType, IsOnlyPlace = true)]
    [Representations("text/html")]
    public Task<ActionResult> RotateSecret(PageTarget target, SentForm form) => forms.OnceAsync(form, async () =>
        await webhooks.RotateSecretAsync(HttpContext, target.Id) is var (_, secret)
            ? Page<SecretPage>(new SecretModel("The webhook has a new secret", AddressOf(target), secret, "For 24 hours, deliveries are signed with the earlier secret as well."))
            : WebhooksPageController.Gone(target));

    [HttpGet("ui/webhooks/{id}/replay"), HttpHead("ui/webhooks/{id}/replay")]
    [Query("since")]
    [Representations("text/html")]
    public ActionResult Replay(PageTarget target)
    {
        var values = new Dictionary<string, string> { ["since"] = HttpContext.Query("since").Text ?? "" };
        return reader.Find(target.Id) is not { } webhook ? WebhooksPageController.Gone(target)
            : Page<ReplayPage>(new ReplayModel(webhook, FormPageModel.Empty(AddressOf(target) + "/replay") with { Values = values }));
    }

    [HttpPost("ui/webhooks/{id}/replay")]
    [FormFields("since")]
    [Body(ArgumentReader.FormType, IsOnlyPlace = true)]
    [Representations("text/html")]
    public async Task<ActionResult> SendAgain(PageTarget target, SentForm form) => reader.Find(target.Id) is not { } webhook ? WebhooksPageController.Gone(target)
        : await forms.SendAsync(
            form,
            async () => LeadBack(target, await webhooks.ReplayAsync(HttpContext, target.Id, forms.Checked(new ReplayWebhookRequest(form.ToArguments())))),
            faults => Page<ReplayPage>(new ReplayModel(webhook, form.Again(AddressOf(target) + "/replay", faults)), StatusCodes.Status400BadRequest));

    private static ActionResult LeadBack(PageTarget target, Webhook? webhook) => webhook is null ? WebhooksPageController.Gone(target) : LeadTo(AddressOf(target));

    private static string AddressOf(PageTarget target) => UiAddress.In(UiAddress.Webhooks, target.Id);
}
