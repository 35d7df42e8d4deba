using System.ComponentModel;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Access.Sessions;

/// <summary>The login of a browser, with a cookie.</summary>
[ApiController]
[Description("The login of a browser, with a cookie.")]
[Route("session")]
public sealed class SessionController(SessionLogIn sessions) : ControllerBase
{
    /// <summary>Logs in with a name and password, and starts a session.</summary>
    /// <remarks>The cookie holds for 12 hours after its last use. Requests with it that write must say that they come from a page of this service, by `Sec-Fetch-Site: same-origin` or `Origin`, as browsers do.</remarks>
    /// <response code="204">The session has started; the cookie identifies it.</response>
    /// <response code="401">The name or the password is wrong.</response>
    [HttpPost(Name = "logIn")]
    [Body(ArgumentReader.JsonType, ArgumentReader.FormType, Arguments = typeof(LogInRequest), IsOnlyPlace = true)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status401Unauthorized, "application/problem+json")]
    public async Task<ActionResult> Create(LogInRequest request) => await sessions.StartAsync(HttpContext, request) is { } problem ? new ProblemResult(problem) : NoContent();

    /// <summary>Logs out: ends the session of the request's cookie.</summary>
    /// <response code="204">There is no session any more.</response>
    [HttpDelete(Name = "logOut")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<ActionResult> Delete()
    {
        await sessions.EndAsync(HttpContext);
        return NoContent();
    }
}
