using FilmService.Api.Access.Administration;
using FilmService.Api.Access.Authentication;
using FilmService.Api.Access.Sessions;
using FilmService.Api.Audit;
using FilmService.Api.Http.Problems;
using FilmService.Domain.Access;
using FilmService.Domain.Audit;

namespace FilmService.Api.Access.Account;

/// <summary>Changes the caller's own password, for the API and for the pages.</summary>
public sealed class PasswordChange(AccessDirectory directory, SessionDirectory sessions, IServiceProvider services)
{
    /// <summary>Changes the password; the user's other sessions end.</summary>
    /// <returns>Why it was not changed; null if it was.</returns>
    /// <exception cref="ProblemException">400: the current password is wrong.</exception>
    public async Task<Problem?> RunAsync(HttpContext context, ChangePasswordRequest request)
    {
        if (context.User is not Caller { Account: { } user } caller)
        {
            return new Problem(ProblemTypes.InsufficientScope, "Only a user of this service who is logged in with a password, or a session that began with one, can change it. If you log in elsewhere, change your password there.");
        }

        if (services.GetRequiredService<UserDirectory>().IsConfigured(user.Record.Name))
        {
            return AdministrationAnswers.ConfiguredProblem(user.Record.Name);
        }

        // Counted like a login: a session that somebody else has got hold of must not be a way to guess the password.
        var check = await services.GetRequiredService<PasswordAuthentication>().LogInAsync(
            context.Connection.RemoteIpAddress, LogInRequest.CredentialsOf(user.Record.Name, request.Current.Text), user.Record.Name, request.Current.Text);
        return check switch
        {
            { Wait: { } wait } => FailedLoginLimiter.TooMany(wait),
            { Caller: null } => throw new ProblemException(WrongPassword),
            _ => await ChangeAsync(context, caller, user, request.New.Text),
        };
    }

    private static Problem WrongPassword => Problem.OfErrors(
        AccessProblems.InvalidArguments, new Dictionary<string, string[]> { ["current"] = ["The current password is wrong."] });

    private async Task<Problem?> ChangeAsync(HttpContext context, Caller caller, InMemoryEntry<User> user, string password)
    {
        var hash = await Task.Run(() => UserDirectory.Hash(password));
        var changed = user.Record with { PasswordHash = new Lazy<string>(hash) };
        var kept = caller.Session is { } session ? (session, SessionCookie.Read(context.Request)!) : ((InMemoryEntry<Session>, string)?)null;
        var audit = context.Audit(AuditActions.PasswordChanged, user.Record.Name);
        return await directory.Users.ReplaceAsync(user, changed, () => sessions.ChangePasswordAsync(changed, kept, audit))
            ? null
            : new Problem(AccessProblems.ChangedMeanwhile, "The user was changed at the same time. Nothing was stored.");
    }
}
