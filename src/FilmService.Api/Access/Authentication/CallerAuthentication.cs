using FilmService.Api.Access.OAuth;
using FilmService.Api.Http.Problems;
using FilmService.Domain.Access;
using Microsoft.AspNetCore.Authentication;

namespace FilmService.Api.Access.Authentication;

/// <summary>Finds out who a credential belongs to, each kind in its own way.</summary>
internal sealed class CallerAuthentication(PasswordAuthentication passwords, AccessDirectory directory, AccessTokens tokens, FailedLoginLimiter failures)
{
    /// <summary>The caller, or why there is none.</summary>
    /// <exception cref="ProblemException">403: the credential must not be sent this way.</exception>
    public async ValueTask<AuthenticationOutcome> FindCallerAsync(HttpContext context, Credential credential)
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

    private async ValueTask<AuthenticationOutcome> LogInWithPasswordAsync(HttpContext context, string credentials)
    {
        SecureTransport.Require(context);
        if (passwords.Recall(credentials) is { } caller)
        {
            return new(caller);
        }

        await context.AuthenticateAsync(BasicAuthentication.Scheme);
        return context.Features.Get<PasswordAnswer>()?.Result ?? default;
    }
}
