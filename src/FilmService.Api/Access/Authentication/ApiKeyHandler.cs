using System.Text.Encodings.Web;
using FilmService.Domain.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace FilmService.Api.Access.Authentication;

/// <summary>API keys, in <c>X-API-Key</c> or as a bearer token.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, AccessDirectory directory)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";

    // A failure with a message would be logged for every wrong key.
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(directory.LogIn(Credential.Of(Request).Value) is { } key
        ? AuthenticateResult.Success(new AuthenticationTicket(Caller.Of(key), SchemeName))
        : AuthenticateResult.NoResult());
}
