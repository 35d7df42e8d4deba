using FilmService.Api.Errors;
using FilmService.Domain.Access;
using Microsoft.AspNetCore.Authentication;

namespace FilmService.Api.Access.LogIn;

/// <summary>Finds out who a credential belongs to, each kind in its own way.</summary>
internal sealed class LogIns(PasswordLogIn passwords, AccessDirectory directory, FailedLogIns failures)
{
    /// <summary>The caller; null when the credential is not valid.</summary>
    /// <exception cref="ProblemException">429: too many have failed; 403: it must not be sent this way.</exception>
    public async ValueTask<Caller?> FindCallerAsync(HttpContext context, Credential credential)
    {
        var caller = credential.Kind switch
        {
            CredentialKind.Basic => await LogInWithPasswordAsync(context, credential.Value),
            CredentialKind.ApiKey => directory.LogIn(credential.Value) is { } key ? Caller.Of(key) : null,
            _ => null,
        };
        if (caller is null && credential.Kind is not CredentialKind.Basic)
        {
            failures.Add(context.Connection.RemoteIpAddress);
        }

        return caller;
    }

    private async ValueTask<Caller?> LogInWithPasswordAsync(HttpContext context, string field)
    {
        if (passwords.Recall(field) is { } caller)
        {
            return caller;
        }

        var result = await context.AuthenticateAsync(BasicLogIn.Scheme);
        return result.Succeeded ? context.Features.Get<Caller>() : null;
    }
}
