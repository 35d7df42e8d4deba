using FilmService.Api.Access.Administration;
using FilmService.Api.Access.Authentication;
using FilmService.Api.Audit;
using FilmService.Api.Http;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Api.Http.Strictness;
using FilmService.Api.Ui.Administration;
using FilmService.Api.Ui.Editing;
using FilmService.Api.Ui.Forms;
using FilmService.Domain.Access;
using FilmService.Domain.Audit;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Ui.Users;

/// <summary>The pages that list, add, change and delete users.</summary>
public sealed class UsersPageController(UserDirectory users, AccessDirectory directory, SentForms forms) : UiController
{
    [HttpGet("ui/users"), HttpHead("ui/users")]
    [Representations("text/html")]
    public ActionResult List() => Page<UsersPage>(new UsersModel([.. users.All.Select(user => (user, users.IsConfigured(user.Name)))]));

    [HttpGet("ui/add-user"), HttpHead("ui/add-user")]
    [Representations("text/html")]
    public ActionResult Add() => Page<UserFormPage>(AddModel(FormPageModel.Empty(UiAddress.AddUser)));

    [HttpPost("ui/add-user")]
    [FormFields("name", "password", "scopes")]
    [Body(ArgumentReader.FormType, IsOnlyPlace = true)]
    [Representations("text/html")]
    public Task<ActionResult> Create(SentForm form) => forms.SendAsync(
        form,
        () => users.Find(form["name"]) is null ? SaveAsync(form, form["name"], isNew: true) : throw Taken(form["name"]),
        faults => Page<UserFormPage>(AddModel(form.Again(UiAddress.AddUser, faults)), StatusCodes.Status400BadRequest));

    [HttpGet("ui/users/{name}"), HttpHead("ui/users/{name}")]
    [Representations("text/html")]
    public ActionResult Get(PageTarget name) => users.Find(name.Id)?.Record is not { } user ? Gone(name)
        : Page<UserFormPage>(ChangeModel(user, FormPageModel.Empty(AddressOf(user)) with { Values = new Dictionary<string, string> { ["scopes"] = user.Scopes.Count > 0 ? user.Scopes[^1] : "" } }));

    [HttpPost("ui/users/{name}")]
    [FormFields("password", "scopes")]
    [Body(ArgumentReader.FormType, IsOnlyPlace = true)]
    [Representations("text/html")]
    public async Task<ActionResult> Save(PageTarget name, SentForm form) => users.Find(name.Id)?.Record is not { } user ? Gone(name)
        : await forms.SendAsync(
            form,
            () => SaveAsync(form, user.Name, isNew: false),
            faults => Page<UserFormPage>(ChangeModel(user, form.Again(AddressOf(user), faults)), StatusCodes.Status400BadRequest));

    [HttpGet("ui/users/{name}/delete"), HttpHead("ui/users/{name}/delete")]
    [Representations("text/html")]
    public ActionResult Delete(PageTarget name) => users.Find(name.Id)?.Record is not { } user ? Gone(name)
        : Page<ConfirmPage>(new ConfirmModel($"Delete {user.Name}?", UiAddress.Users, ConsequencesOf(user), "Delete this user", AddressOf(user) + "/delete"));

    [HttpPost("ui/users/{name}/delete")]
    [FormFields]
    [Body(ArgumentReader.FormType, IsOnlyPlace = true)]
    [Representations("text/html")]
    public async Task<ActionResult> Remove(PageTarget name, SentForm form) => await forms.OnceAsync(form, async () =>
    {
        RefuseConfigured(name.Id);
        return !await directory.RemoveUserAsync(name.Id, HttpContext.Audit(AuditActions.UserDeleted, name.Id)) ? Gone(name)
            : LeadTo(IsOwn(name.Id) ? "/ui/log-in" : UiAddress.Users);
    });

    private async Task<ActionResult> SaveAsync(SentForm form, string name, bool isNew)
    {
        var user = forms.Checked(new SaveUserRequest(name, isNew, form.ToArguments("password", "scopes"))).ToUser();
        RefuseConfigured(name);
        return await directory.SaveUserAsync(user, HttpContext.Audit(AuditActions.UserSaved, user.Name, string.Join(' ', user.Scopes))) is not null
            ? LeadTo(UiAddress.Users)
            : throw new ProblemException(AdministrationAnswers.TooManyProblem("users"));
    }

    private void RefuseConfigured(string name)
    {
        if (users.IsConfigured(name))
        {
            throw new ProblemException(AdministrationAnswers.ConfiguredProblem(name));
        }
    }

    private string ConsequencesOf(User user) =>
        "The user can no longer log in, and the user's own API keys end. The films that the user has changed stay as they are."
        + (IsOwn(user.Name) ? " This is your own account: you are logged out at once." : "")
        + (user.Scopes.Contains("admin") && users.All.Count(other => other.Scopes.Contains("admin")) == 1 ? " There is no other administrator: only the settings can then define one." : "");

    private bool IsOwn(string name) => User.CallerName() == name;

    private FormPageModel ChangeModel(User user, FormModel form) => new(
        $"Change {user.Name}", UiAddress.Users, form,
        "Saving sets both the password and what the user may do. The user has to log in again." + (IsOwn(user.Name) ? " This is your own account." : ""));

    private static FormPageModel AddModel(FormModel form) => new("Add a user", UiAddress.Users, form);

    private static string AddressOf(User user) => UiAddress.In(UiAddress.Users, user.Name);

    private static ProblemException Taken(string name) => new(Http.Problems.Problem.OfErrors(
        Access.AccessProblems.InvalidArguments, new Dictionary<string, string[]> { ["name"] = [$"There is a user {name} already."] }));

    private static Rendering.PageResult Gone(PageTarget name) => Page<GonePage>(new GoneModel($"User {name.Id} doesn't exist", UiAddress.Users), StatusCodes.Status404NotFound);
}
