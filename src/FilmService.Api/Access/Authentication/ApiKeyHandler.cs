using System.Text.Encodings.Web;
using FilmService.Domain.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace FilmService.Api.Access.Authentication;

/// <summary>API keys, in <c>X-API-Key</c> or as a bearer token.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, AccessDirectory directory, UserDirectory users)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";

    // A failure with a message would be logged for every wrong key.
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Find() is { } caller
        ? AuthenticateResult.Success(new AuthenticationTicket(caller, SchemeName))
        : AuthenticateResult.NoResult());

    // A user's key ends with the user; while the settings define another of the same name, neither can be used.
    private Caller? Find()
    {
        var key = directory.LogIn(Credential.Of(Request).Value);
        var owner = key?.Record.OwnerId is null ? null : users.Find(key.Record.CreatedBy);
        return key is null || (key.Record.OwnerId is not null && !IsOwner(owner, key.Record)) ? null : Caller.Of(key, owner);
    }

    private static bool IsOwner(InMemoryEntry<User>? user, ApiKey key) => user is { Record.SettingsPassword: null } && key.IsOwnedBy(user.Record);
}
