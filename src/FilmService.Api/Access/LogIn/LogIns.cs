using FilmService.Api.Access.OAuth;
using FilmService.Api.Errors;
using FilmService.Domain.Access;
using Microsoft.AspNetCore.Authentication;

namespace FilmService.Api.Access.LogIn;

/// <summary>Finds out who a credential belongs to, each kind in its own way.</summary>
internal sealed class LogIns(PasswordLogIn passwords, AccessDirectory directory, AccessTokens tokens, FailedLogIns failures)
{
    /// <summary>The caller, or why there is none.</summary>
    /// <exception cref="ProblemException">403: the credential must not be sent this way.</exception>
    public async ValueTask<LogInResult> FindCallerAsync(HttpContext context, Credential credential)
    {
        if (credential.Kind is CredentialKind.Basic)
        {
            return await LogInWithPasswordAsync(context, credential.Value);
        }

        var caller = credential.Kind switch
        {
            CredentialKind.ApiKey => directory.LogIn(credential.Value) is { } key ? Caller.Of(key) : null,
            CredentialKind.Token => await tokens.FindCallerAsync(context, credential.Value),
            _ => null,
        };
        return new(caller, caller is null ? failures.Count(context.Connection.RemoteIpAddress) : null);
    }

    private async ValueTask<LogInResult> LogInWithPasswordAsync(HttpContext context, string credentials)
    {
        SecureTransport.Require(context);
        if (passwords.Recall(credentials) is { } caller)
        {
            return new(caller);
        }

        await context.AuthenticateAsync(BasicLogIn.Scheme);
        return context.Features.Get<PasswordAnswer>()?.Result ?? default;
    }
}
