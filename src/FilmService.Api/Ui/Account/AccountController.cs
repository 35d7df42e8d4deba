using FilmService.Api.Access;
using FilmService.Api.Access.Account;
using FilmService.Api.Audit;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Api.Http.Strictness;
using FilmService.Api.Ui.Forms;
using FilmService.Domain.Audit;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Ui.Account;

/// <summary>The page of the person who is logged in: password, sessions and keys of their own.</summary>
public sealed class AccountController(AccountReader reader, PasswordChange password, SentForms forms) : UiController
{
    [HttpGet("ui/account"), HttpHead("ui/account")]
    [Query("done")]
    [Representations("text/html")]
    public ActionResult Get() => Page<AccountPage>(reader.Read(User) with
    {
        Done = HttpContext.Query("done").Text switch
        {
            "password" => "Your password is changed. Your other sessions have ended.",
            "sessions" => "You are logged out everywhere else.",
            _ => null,
        },
    });

    [HttpPost("ui/account/password")]
    [FormFields("current", "new", "again")]
    [Body(ArgumentReader.FormType, IsOnlyPlace = true)]
    [Representations("text/html")]
    public Task<ActionResult> ChangePassword(SentForm form) => forms.SendAsync(
        form,
        async () =>
        {
            RefuseDifferent(form);
            return await password.RunAsync(HttpContext, forms.Checked(new ChangePasswordRequest(form.ToArguments("current", "new")))) is { } problem
                ? throw new ProblemException(problem)
                : LeadTo(UiAddress.Account + "?done=password");
        },
        faults => Page<AccountPage>(reader.Read(User) with { Password = form.Again(UiAddress.Account + "/password", faults) }, StatusCodes.Status400BadRequest));

    [HttpPost("ui/account/log-out-elsewhere")]
    [FormFields]
    [Body(ArgumentReader.FormType, IsOnlyPlace = true)]
    [Representations("text/html")]
    public Task<ActionResult> LogOutElsewhere(SentForm form) => forms.OnceAsync(form, async () =>
    {
        await reader.EndOthersAsync(User, HttpContext.Audit(AuditActions.LogOut, detail: "other sessions"));
        return LeadTo(UiAddress.Account + "?done=sessions");
    });

    private static void RefuseDifferent(SentForm form)
    {
        if (form["new"] != form["again"])
        {
            throw new ProblemException(Http.Problems.Problem.OfErrors(
                AccessProblems.InvalidArguments, new Dictionary<string, string[]> { ["again"] = ["This is not the same as the new password."] }));
        }
    }
}
