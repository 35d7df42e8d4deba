using FilmService.Api.Access.OAuth;
using FilmService.Api.Errors;
using FilmService.Domain.Access;
using Microsoft.AspNetCore.Authentication;

namespace FilmService.Api.Access.LogIn;

/// <summary>Finds out who a credential belongs to, each kind in its own way.</summary>
internal sealed class LogIns(PasswordLogIn passwords, AccessDirectory directory, AccessTokens tokens, FailedLogIns failures)
{
    /// <summary>The caller; null when the credential is not valid.</summary>
    /// <exception cref="ProblemException">429: too many have failed; 403: it must not be sent this way.</exception>
    public async ValueTask<Caller?> FindCallerAsync(HttpContext context, Credential credential)
    {
        var caller = credential.Kind switch
        {
            CredentialKind.Basic => await LogInWithPasswordAsync(context, credential.Value),
            CredentialKind.ApiKey => directory.LogIn(credential.Value) is { } key ? Caller.Of(key) : null,
            CredentialKind.Token => await tokens.FindCallerAsync(credential.Value),
            _ => null,
        };
        if (caller is null && credential.Kind is not CredentialKind.Basic && failures.Count(context.Connection.RemoteIpAddress) is { } wait)
        {
            throw new ProblemException(FailedLogIns.TooMany(wait));
        }

        return caller;
    }

    private async ValueTask<Caller?> LogInWithPasswordAsync(HttpContext context, string field)
    {
        SecureTransport.Require(context);
        if (passwords.Recall(field) is { } caller)
        {
            return caller;
        }

        await context.AuthenticateAsync(BasicLogIn.Scheme);
        var result = context.Features.Get<PasswordAnswer>()?.Result ?? default;
        return result.Wait is { } wait ? throw new ProblemException(FailedLogIns.TooMany(wait)) : result.Caller;
    }
}
