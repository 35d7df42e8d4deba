using FilmService.Api.Access.Administration;
using FilmService.Api.Access.Authentication;
using FilmService.Api.Http;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Strictness;
using FilmService.Api.Ui.Administration;
using FilmService.Api.Ui.Editing;
using FilmService.Api.Ui.Forms;
using FilmService.Domain.Access;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Ui.Users;

/// <summary>The pages that list, add, change and delete users.</summary>
public sealed class UsersPageController(UserDirectory users, UserChanges changes, SentForms forms) : UiController
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
        async () =>
        {
            await changes.AddAsync(HttpContext, forms.Checked(new SaveUserRequest(form["name"], isNew: true, form.ToArguments("password", "scopes"))));
            return LeadTo(UiAddress.Users);
        },
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
            async () => await changes.ChangeAsync(HttpContext, forms.Checked(ToChange(user, form))) ? LeadTo(UiAddress.Users) : Gone(name),
            faults => Page<UserFormPage>(ChangeModel(user, form.Again(AddressOf(user), faults)), StatusCodes.Status400BadRequest));

    [HttpGet("ui/users/{name}/delete"), HttpHead("ui/users/{name}/delete")]
    [Representations("text/html")]
    public ActionResult Delete(PageTarget name) => users.Find(name.Id)?.Record is not { } user ? Gone(name)
        : Page<ConfirmPage>(DeleteModel(user, changes.WhyNotDelete(user)));

    [HttpPost("ui/users/{name}/delete")]
    [FormFields]
    [Body(ArgumentReader.FormType, IsOnlyPlace = true)]
    [Representations("text/html")]
    public async Task<ActionResult> Remove(PageTarget name, SentForm form) => users.Find(name.Id)?.Record is not { } user ? Gone(name)
        : await forms.SendAsync(
            form,
            async () => !await changes.RemoveAsync(HttpContext, name.Id) ? Gone(name) : LeadTo(IsOwn(name.Id) ? "/ui/log-in" : UiAddress.Users),
            faults => Page<ConfirmPage>(DeleteModel(user, faults.Values.First()), StatusCodes.Status409Conflict));

    // Without a password the user keeps the one there is.
    private static SaveUserRequest ToChange(User user, SentForm form) =>
        new(user.Name, isNew: false, form.ToArguments("password", "scopes")) { KeepsPassword = form["password"].Length == 0 };

    private ConfirmModel DeleteModel(User user, string? fault) =>
        new($"Delete {user.Name}?", UiAddress.Users, ConsequencesOf(user), "Delete this user", AddressOf(user) + "/delete") { Fault = fault };

    private string ConsequencesOf(User user) =>
        "The user can no longer log in, and the user's own API keys end. The films that the user has changed stay as they are."
        + (IsOwn(user.Name) ? " This is your own account: you are logged out at once." : "");

    private bool IsOwn(string name) => User.CallerName() == name;

    private FormPageModel ChangeModel(User user, FormModel form) => new(
        $"Change {user.Name}", UiAddress.Users, form,
        "What the user may do changes at once. With another password, the user has to log in again." + (IsOwn(user.Name) ? " This is your own account." : ""));

    private static FormPageModel AddModel(FormModel form) => new("Add a user", UiAddress.Users, form);

    private static string AddressOf(User user) => UiAddress.In(UiAddress.Users, user.Name);

    private static Rendering.PageResult Gone(PageTarget name) => Page<GonePage>(new GoneModel($"User {name.Id} doesn't exist", UiAddress.Users), StatusCodes.Status404NotFound);
}
