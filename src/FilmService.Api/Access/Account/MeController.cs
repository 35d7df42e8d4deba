using System.ComponentModel;
using FilmService.Api.Access.Authorization;
using FilmService.Api.Http;
using FilmService.Api.Http.Results;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Access.Account;

/// <summary>The caller.</summary>
[ApiController]
[Description("The caller.")]
[Route("me")]
public sealed class MeController(IServiceProvider services) : ControllerBase
{
    /// <summary>Says who the caller is, and what the caller may do.</summary>
    /// <response code="200">The caller.</response>
    [HttpGet(Name = "getMe"), HttpHead]
    [ProducesResponseType<MeResponse>(StatusCodes.Status200OK, "application/json")]
    public ActionResult Get()
    {
        Response.Headers.CacheControl = "no-store";
        var mayWrite = Settings.AnonymousWrite || User.Has(Scope.Write);
        return JsonBytesResult.Of(User.Identity is { IsAuthenticated: true, Name: { } name }
            ? new MeResponse(name, User.LogInMethod(), User.FindAll(Scopes.ClaimType).Select(claim => claim.Value).ToList(), mayWrite, User.Has(Scope.Admin))
            : new MeResponse(null, null, OfEveryone(), mayWrite, false));
    }

    private AccessSettings Settings => services.GetRequiredService<AccessSettings>();

    private List<string> OfEveryone() =>
        [.. Settings.AnonymousRead ? [Scope.Read.ToName()] : Array.Empty<string>(), .. Settings.AnonymousWrite ? [Scope.Write.ToName()] : Array.Empty<string>()];
}
