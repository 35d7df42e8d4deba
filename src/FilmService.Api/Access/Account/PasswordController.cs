using System.ComponentModel;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Access.Account;

/// <summary>The caller's own password.</summary>
[ApiController]
[Description("The caller.")]
[Tags("Me")]
[Route("me/password")]
public sealed class PasswordController(PasswordChange change) : ControllerBase
{
    /// <summary>Changes the caller's own password. The user's other sessions end; the one that the request comes from stays.</summary>
    /// <response code="204">The password was changed.</response>
    /// <response code="409">The user is defined in settings, or was changed at the same time.</response>
    [HttpPut(Name = "changePassword")]
    [Body(ArgumentReader.JsonType, ArgumentReader.FormType, Arguments = typeof(ChangePasswordRequest), IsOnlyPlace = true)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status409Conflict, "application/problem+json")]
    public async Task<ActionResult> Put(ChangePasswordRequest request) =>
        await change.RunAsync(HttpContext, request) is { } problem ? new ProblemResult(problem) : NoContent();
}
