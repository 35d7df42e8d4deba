using FilmService.Api.Access.Administration;
using FilmService.Api.Access.OpenIdConnect;
using FilmService.Api.Access.Sessions;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Api.Http.Strictness;
using FilmService.Api.Ui.Rendering;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Ui;

/// <summary>Logs in with a session, and leads back to where the person was.</summary>
public sealed class LogInController(SessionLogIn sessions) : UiController
{
    private static readonly Http.Problems.Problem Incomplete = new(ProblemTypes.Unauthenticated, "Type your name and your password.");

    [HttpGet("ui/log-in"), HttpHead("ui/log-in")]
    [Query("to")]
    [Representations("text/html")]
    public ActionResult Get() => Page<LogInPage>(new LogInModel(Destination(HttpContext.Query("to").Text), "", null));

    [HttpPost("ui/log-in")]
    [Body(ArgumentReader.FormType, IsOnlyPlace = true)]
    [Representations("text/html")]
    public async Task<ActionResult> LogIn(LogInForm form)
    {
        var problem = form.IsComplete ? await sessions.StartAsync(HttpContext, form.Login) : Incomplete;
        if (problem is not null && problem.Type != ProblemTypes.Unauthenticated)
        {
            return new ProblemResult(problem);
        }

        var model = new LogInModel(Destination(form.To), form.Login.Name.Text ?? "", problem?.Detail);
        return problem is not null ? Page<LogInPage, LogInNotice>(model, StatusCodes.Status401Unauthorized)
            : PageContext.IsFromScript(Request) ? Page<LogInPage, LoggedInNotice>(model)
            : LeadTo(model.To);
    }

    [HttpPost("ui/log-out")]
    [Body(ArgumentReader.FormType)]
    [Representations("text/html")]
    public async Task<ActionResult> LogOut()
    {
        await sessions.EndAsync(HttpContext);
        return LeadTo(UiAddress.Films);
    }

    // Only to pages here: an address such as //elsewhere.example would lead to another site.
    private static string Destination(string? address) =>
        ReturnAddress.IsHere(address) && address!.StartsWith(UiSettings.Root + "/", StringComparison.Ordinal) ? address : UiAddress.Films;
}

/// <summary>The form that logs in.</summary>
/// <param name="To">Where it leads, as the form has it.</param>
public sealed record LogInForm(LogInRequest Login, string? To)
{
    private static readonly string[] Names = [.. LogInRequest.ArgumentNames, "to"];

    public bool IsComplete => new LogInRequestValidator().Validate(Login).IsValid && Login.Faults.Count == 0;

    internal static async ValueTask<LogInForm> BindAsync(HttpContext context)
    {
        var sent = await AdministrationBody.ReadAsync(context.Request, Names);
        return new LogInForm(new LogInRequest(sent), sent["to"].Text);
    }
}
