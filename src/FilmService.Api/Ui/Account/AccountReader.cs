using System.Security.Claims;
using FilmService.Api.Access.Administration;
using FilmService.Api.Access.Authentication;
using FilmService.Api.Access.Authorization;
using FilmService.Api.Http;
using FilmService.Api.Ui.Administration;
using FilmService.Domain.Access;

namespace FilmService.Api.Ui.Account;

/// <summary>Reads what the page of the person who is logged in shows.</summary>
public sealed class AccountReader(OwnKeys keys, SessionDirectory sessions, UserDirectory users, TimeProvider clock)
{
    public AccountModel Read(ClaimsPrincipal user)
    {
        var name = user.CallerName();
        return new AccountModel(name, user.FindAll(Scopes.ClaimType).Select(claim => claim.Value).ToList(), clock.GetUtcNow())
        {
            Password = user is Caller { IsStoredUser: true } && !users.IsConfigured(name) ? FormPageModel.Empty(UiAddress.Account + "/password") : null,
            Keys = [.. keys.VisibleTo(user).Where(key => key.CreatedBy == name)],
            Sessions = sessions.Of(name),
            SessionId = (user as Caller)?.Session?.Record.Id,
        };
    }

    /// <summary>Ends the caller's other sessions.</summary>
    public Task EndOthersAsync(ClaimsPrincipal user, Domain.Audit.AuditEvent audit) => sessions.EndOthersAsync(user.CallerName(), (user as Caller)?.Session, audit);
}
