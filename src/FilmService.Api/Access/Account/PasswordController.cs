using System.ComponentModel;
using FilmService.Api.Access.Administration;
using FilmService.Api.Access.Authentication;
using FilmService.Api.Access.Sessions;
using FilmService.Api.Audit;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Domain.Access;
using FilmService.Domain.Audit;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Access.Account;

/// <summary>The caller's own password.</summary>
[ApiController]
[Description("The caller.")]
[Tags("Me")]
[Route("me/password")]
public sealed class PasswordController(AccessDirectory directory, SessionDirectory sessions, IServiceProvider services) : ControllerBase
{
    /// <summary>Changes the caller's own password. The user's other sessions end; the one that the request comes from stays.</summary>
    /// <response code="204">The password was changed.</response>
    /// <response code="409">The user is defined in settings, or was changed at the same time.</response>
    [HttpPut(Name = "changePassword")]
    [Body(ArgumentReader.JsonType, ArgumentReader.FormType, Arguments = typeof(ChangePasswordRequest), IsOnlyPlace = true)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status409Conflict, "application/problem+json")]
    public async Task<ActionResult> Put(ChangePasswordRequest request)
    {
        if (User is not Caller { Account: { } user } caller)
        {
            return new ProblemResult(new Problem(ProblemTypes.InsufficientScope, "Only a user of this service who is logged in with a password, or a session that began with one, can change it. If you log in elsewhere, change your password there."));
        }

        if (services.GetRequiredService<UserDirectory>().IsConfigured(user.Record.Name))
        {
            return AdministrationAnswers.Configured(user.Record.Name);
        }

        // Counted like a login: a session that somebody else has got hold of must not be a way to guess the password.
        var check = await services.GetRequiredService<PasswordAuthentication>().LogInAsync(
            HttpContext.Connection.RemoteIpAddress, LogInRequest.CredentialsOf(user.Record.Name, request.Current.Text), user.Record.Name, request.Current.Text);
        return check switch
        {
            { Wait: { } wait } => new ProblemResult(FailedLoginLimiter.TooMany(wait)),
            { Caller: null } => throw new ProblemException(WrongPassword),
            _ => await ChangeAsync(caller, user, request.New.Text),
        };
    }

    private static Problem WrongPassword => Http.Problems.Problem.OfErrors(
        AccessProblems.InvalidArguments, new Dictionary<string, string[]> { ["current"] = ["The current password is wrong."] });

    private async Task<ActionResult> ChangeAsync(Caller caller, InMemoryEntry<User> user, string password)
    {
        var hash = await Task.Run(() => UserDirectory.Hash(password));
        var changed = user.Record with { PasswordHash = new Lazy<string>(hash) };
        var kept = caller.Session is { } session ? (session, SessionCookie.Read(Request)!) : ((InMemoryEntry<Session>, string)?)null;
        var audit = HttpContext.Audit(AuditActions.PasswordChanged, user.Record.Name);
        return await directory.Users.ReplaceAsync(user, changed, () => sessions.ChangePasswordAsync(changed, kept, audit))
            ? NoContent()
            : new ProblemResult(new Problem(AccessProblems.ChangedMeanwhile, "The user was changed at the same time. Nothing was stored."));
    }
}
