using FilmService.Api.Access;
using FilmService.Api.Access.Administration;
using FilmService.Api.Access.Authentication;
using FilmService.Api.Access.Authorization;
using FilmService.Api.Access.OpenIdConnect;
using FilmService.Api.Audit;
using FilmService.Api.Http.Problems;
using FilmService.Domain.Access;
using FilmService.Domain.Audit;

namespace FilmService.Api.Ui.Users;

/// <summary>Adds, changes and deletes users as the forms ask. There is always somebody left who can administer the service.</summary>
public sealed class UserChanges(UserDirectory users, AccessDirectory directory, IServiceProvider services)
{
    /// <summary>Why a user cannot be deleted; null if the user can be.</summary>
    public string? WhyNotDelete(User user) => users.IsConfigured(user.Name) ? AdministrationAnswers.ConfiguredProblem(user.Name).Detail : WhyNotWithout(user);

    /// <summary>Adds a user.</summary>
    /// <exception cref="ProblemException">There is one of this name, or there are too many.</exception>
    public Task AddAsync(HttpContext context, SaveUserRequest request) =>
        SaveAsync(context, request.ToUser(), (before, next) => before is null && !users.IsConfigured(next.Name) ? next : throw Fault("name", $"There is a user {next.Name} already."));

    /// <summary>Changes a user; false if the user does not exist.</summary>
    /// <exception cref="ProblemException">It would take the only administrator away, or the user is defined in settings.</exception>
    public async Task<bool> ChangeAsync(HttpContext context, SaveUserRequest request)
    {
        RefuseConfigured(request.Name!);
        var isFound = directory.Users.Find(request.Name!) is not null;
        if (isFound)
        {
            await SaveAsync(context, request.ToUser(), (before, next) => Changed(before, request.KeepsPassword ? next with { PasswordHash = before?.PasswordHash ?? next.PasswordHash } : next));
        }

        return isFound;
    }

    /// <summary>Deletes a user; false if the user does not exist.</summary>
    /// <exception cref="ProblemException">It would take the only administrator away, or the user is defined in settings.</exception>
    public Task<bool> RemoveAsync(HttpContext context, string name)
    {
        RefuseConfigured(name);
        return directory.RemoveUserAsync(name, context.Audit(AuditActions.UserDeleted, name), user => Refuse("name", WhyNotWithout(user)));
    }

    private string? WhyNotWithout(User user) => !IsAdministrator(user) || users.All.Any(other => other.Name != user.Name && IsAdministrator(other)) || IsGivenElsewhere
        ? null
        : $"{user.Name} is the only administrator. Make somebody else an administrator first: nobody could administer the service otherwise.";

    private User Changed(User? before, User next)
    {
        if (before is null)
        {
            throw Fault("", $"User {next.Name} was deleted meanwhile. Nothing was changed.");
        }

        Refuse("scopes", IsAdministrator(next) ? null : WhyNotWithout(before));
        return next;
    }

    private async Task SaveAsync(HttpContext context, User user, Func<User?, User, User> merge)
    {
        if (await directory.SaveUserAsync(user, context.Audit(AuditActions.UserSaved, user.Name, string.Join(' ', user.Scopes)), merge) is null)
        {
            throw new ProblemException(AdministrationAnswers.TooManyProblem("users"));
        }
    }

    private void RefuseConfigured(string name)
    {
        if (users.IsConfigured(name))
        {
            throw new ProblemException(AdministrationAnswers.ConfiguredProblem(name));
        }
    }

    private bool IsGivenElsewhere =>
        services.GetRequiredService<OpenIdConnectSettings>() is { Authority: not null } external && external.Claims.Roles.Values.Any(scopes => scopes.Contains(Scope.Admin.ToName()));

    private static bool IsAdministrator(User user) => user.Scopes.Contains(Scope.Admin.ToName());

    private static void Refuse(string field, string? reason)
    {
        if (reason is not null)
        {
            throw Fault(field, reason);
        }
    }

    private static ProblemException Fault(string field, string reason) =>
        new(Problem.OfErrors(AccessProblems.InvalidArguments, new Dictionary<string, string[]> { [field] = [reason] }));
}
