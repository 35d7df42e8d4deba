using FilmService.Api.Access.Administration;
using FilmService.Api.Audit;
using FilmService.Api.Http;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Api.Http.Strictness;
using FilmService.Api.Ui.Administration;
using FilmService.Api.Ui.Editing;
using FilmService.Api.Ui.Forms;
using FilmService.Api.Ui.Keys;
using FilmService.Domain.Access;
using FilmService.Domain.Audit;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Ui.Clients;

/// <summary>The pages that list, add and delete OAuth clients.</summary>
public sealed class ClientsPageController(AccessDirectory directory, SentForms forms, TimeProvider clock) : UiController
{
    [HttpGet("ui/clients"), HttpHead("ui/clients")]
    [Representations("text/html")]
    public ActionResult List() => Page<ClientsPage>(new ClientsModel(directory.Clients.All, clock.GetUtcNow()));

    [HttpGet("ui/add-client"), HttpHead("ui/add-client")]
    [Representations("text/html")]
    public ActionResult Add() => Page<AccessFormPage>(AddModel(FormPageModel.Empty(UiAddress.AddClient)));

    [HttpPost("ui/add-client")]
    [FormFields("name", "scopes")]
    [Body(ArgumentReader.FormType, IsOnlyPlace = true)]
    [Representations("text/html")]
    public Task<ActionResult> Create(SentForm form) => forms.SendAsync(
        form,
        async () => directory.Clients.Find(form.NewId)?.Record is { } made ? Page<MadePage>(form.Made(made.Name, "name", UiAddress.Clients))
            : await CreateAsync(forms.Checked(new CreateClientRequest(form.ToArguments())), form.NewId),
        faults => Page<AccessFormPage>(AddModel(form.Again(UiAddress.AddClient, faults)), StatusCodes.Status400BadRequest));

    [HttpGet("ui/clients/{id}"), HttpHead("ui/clients/{id}")]
    [Representations("text/html")]
    public ActionResult Get(PageTarget target) => directory.Clients.Find(target.Id)?.Record is not { } client ? Gone(target)
        : Page<ConfirmPage>(new ConfirmModel(
            $"Delete the client “{client.Name}”?", UiAddress.Clients, "It gets no more access tokens, and those that it has are no longer accepted. This cannot be undone.",
            "Delete this client", UiAddress.In(UiAddress.Clients, client.ClientId)));

    [HttpPost("ui/clients/{id}")]
    [FormFields]
    [Body(ArgumentReader.FormType, IsOnlyPlace = true)]
    [Representations("text/html")]
    public Task<ActionResult> Delete(PageTarget target, SentForm form) => forms.OnceAsync(form, async () =>
        await directory.Clients.RemoveAsync(target.Id, HttpContext.Audit(AuditActions.ClientDeleted, target.Id)) ? LeadTo(UiAddress.Clients) : Gone(target));

    private async Task<ActionResult> CreateAsync(CreateClientRequest request, string id)
    {
        var access = new NewAccess(request.Name.Text, request.Scopes.Items!, User.CallerName()) { Id = id };
        return await directory.CreateClientAsync(access, HttpContext.Audit(AuditActions.ClientCreated, detail: access.Summary)) is var (client, secret)
            ? Page<SecretPage>(new SecretModel($"The client “{client.Name}” is added", UiAddress.Clients, secret, "With the id and this secret, the program gets access tokens at /oauth/token.") { Id = client.ClientId })
            : throw new ProblemException(AdministrationAnswers.TooManyProblem("OAuth clients"));
    }

    private static FormPageModel AddModel(FormModel form) => new("Add a client", UiAddress.Clients, form, "A program gets access tokens with its id and secret. The secret is shown once, after this.");

    private static Rendering.PageResult Gone(PageTarget target) => Page<GonePage>(new GoneModel($"OAuth client {target.Id} doesn't exist", UiAddress.Clients), StatusCodes.Status404NotFound);
}
