using System.Security.Claims;
using FilmService.Api.Access.Authentication;
using FilmService.Api.Access.Authorization;
using FilmService.Api.Audit;
using FilmService.Api.Http;
using FilmService.Api.Http.Problems;
using FilmService.Domain.Access;
using FilmService.Domain.Audit;

namespace FilmService.Api.Access.Administration;

/// <summary>The API keys that a caller may see and revoke, for the API and for the pages: all for an administrator, else their own.</summary>
public sealed class OwnKeys(AccessDirectory directory)
{
    public IEnumerable<ApiKey> VisibleTo(ClaimsPrincipal caller) =>
        OwnerOf(caller) is { } user ? directory.ApiKeys.Where(key => key.IsOwnedBy(user)) : directory.ApiKeys;

    /// <summary>The key with this id; null if it does not exist or the caller may not see it.</summary>
    public ApiKey? Find(ClaimsPrincipal caller, string id) => VisibleTo(caller).FirstOrDefault(key => key.Id == id);

    /// <summary>Creates a key; null if there are too many.</summary>
    /// <param name="context">The request.</param>
    /// <param name="request">The key's properties.</param>
    /// <param name="id">The key's id.</param>
    /// <exception cref="ProblemException">400: it would have more scopes than its owner.</exception>
    public Task<(ApiKey Key, string Text)?> CreateAsync(HttpContext context, CreateApiKeyRequest request, string id)
    {
        var (owner, scopes) = (OwnerOf(context.User), request.Scopes.Items!);
        RefuseMoreThanOwn(owner, scopes);
        var access = new NewAccess(request.Name.Text, scopes, context.User.CallerName()) { Id = id };
        return directory.CreateApiKeyAsync(access, request.ExpiresAt.ToTime(), owner, context.Audit(AuditActions.ApiKeyCreated, detail: access.Summary));
    }

    /// <summary>Revokes a key; false if it does not exist or the caller may not see it.</summary>
    public async Task<bool> RemoveAsync(HttpContext context, string id) =>
        Find(context.User, id) is not null && await directory.RemoveApiKeyAsync(id, context.Audit(AuditActions.ApiKeyDeleted, id));

    /// <summary>The answer if a key cannot be created, because there are too many.</summary>
    public Problem TooMany(ClaimsPrincipal caller) => OwnerOf(caller) is null || VisibleTo(caller).Count() < ApiKey.MaxPerOwner
        ? AdministrationAnswers.TooManyProblem("API keys")
        : new(AccessProblems.TooManyAccounts, $"You have {ApiKey.MaxPerOwner} API keys already. Delete those that are no longer used.");

    // The user whose own keys these are; null for an administrator, who manages all.
    private static User? OwnerOf(ClaimsPrincipal caller) => caller is Caller { Account.Record: { } user } && !caller.Has(Scope.Admin) ? user : null;

    private static void RefuseMoreThanOwn(User? owner, IReadOnlyList<string> scopes)
    {
        if (owner is { } user && scopes.Except(Scopes.Cut(scopes, user.Scopes)).Any())
        {
            throw new ProblemException(Problem.OfErrors(
                AccessProblems.InvalidArguments,
                new Dictionary<string, string[]> { ["scopes"] = [$"A key of your own cannot have more than your scopes: {string.Join(' ', user.Scopes)}."] }));
        }
    }
}
