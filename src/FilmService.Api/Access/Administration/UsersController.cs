using System.ComponentModel;
using FilmService.Api.Access.Authentication;
using FilmService.Api.Audit;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Api.Http.Results;
using FilmService.Domain.Access;
using FilmService.Domain.Audit;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Access.Administration;

/// <summary>The users who log in with a password.</summary>
[ApiController]
[Description("The users who log in with a password.")]
[Route("users")]
public sealed class UsersController(UserDirectory users, AccessDirectory directory) : ControllerBase
{
    /// <summary>Lists the users.</summary>
    /// <response code="200">All users, by name.</response>
    [HttpGet(Name = "listUsers"), HttpHead]
    [ProducesResponseType<ItemsResponse<UserResponse>>(StatusCodes.Status200OK, "application/json")]
    public ActionResult List() => JsonBytesResult.Of(new ItemsResponse<UserResponse>(users.All.Select(ToResponse).ToList()));

    /// <summary>Reads one user.</summary>
    /// <response code="200">The user.</response>
    /// <response code="404">The user does not exist.</response>
    [HttpGet("{name}", Name = "getUser"), HttpHead("{name}")]
    [ProducesResponseType<UserResponse>(StatusCodes.Status200OK, "application/json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound, "application/problem+json")]
    public ActionResult Get(string name) => Find(ref name) is { } user ? JsonBytesResult.Of(ToResponse(user)) : NoUser(name);

    /// <summary>Creates a user, or changes a user's password and scopes. The user's previous credentials stop working immediately.</summary>
    /// <response code="200">The user was changed.</response>
    /// <response code="201">The user was created.</response>
    /// <response code="409">The user is defined in settings, or there are too many users.</response>
    [HttpPut("{name}", Name = "putUser")]
    [Body(ArgumentReader.JsonType, Arguments = typeof(SaveUserRequest), IsOnlyPlace = true)]
    [ProducesResponseType<UserResponse>(StatusCodes.Status200OK, "application/json")]
    [ProducesResponseType<UserResponse>(StatusCodes.Status201Created, "application/json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status409Conflict, "application/problem+json")]
    public async Task<ActionResult> Put(SaveUserRequest request)
    {
        if (users.IsConfigured(request.Name!))
        {
            return AdministrationAnswers.Configured(request.Name!);
        }

        var user = request.ToUser();
        return await directory.SaveUserAsync(user, HttpContext.Audit(AuditActions.UserSaved, user.Name, string.Join(' ', user.Scopes))) is { } isNew
            ? JsonBytesResult.Of(ToResponse(user), isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK)
            : AdministrationAnswers.TooMany("users");
    }

    /// <summary>Deletes a user, who can no longer log in.</summary>
    /// <response code="204">The user was deleted.</response>
    /// <response code="404">The user does not exist.</response>
    /// <response code="409">The user is defined in settings.</response>
    [HttpDelete("{name}", Name = "deleteUser")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status409Conflict, "application/problem+json")]
    public async Task<ActionResult> Delete(string name) =>
        Find(ref name) is null ? NoUser(name)
        : users.IsConfigured(name) ? AdministrationAnswers.Configured(name)
        : await directory.RemoveUserAsync(name, HttpContext.Audit(AuditActions.UserDeleted, name)) ? NoContent() : NoUser(name);

    private User? Find(ref string name)
    {
        name = SaveUserRequest.NameIn(HttpContext) ?? name;
        return users.Find(name)?.Record;
    }

    private UserResponse ToResponse(User user) => new(user.Name, user.Scopes, users.IsConfigured(user.Name));

    private static ProblemResult NoUser(string name) => AdministrationAnswers.NotFound($"User {name} doesn't exist");
}
