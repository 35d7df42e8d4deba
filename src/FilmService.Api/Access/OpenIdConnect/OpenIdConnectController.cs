using FilmService.Api.Http;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Api.Http.Strictness;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Access.OpenIdConnect;

/// <summary>
/// The login of a browser at an external issuer (OpenID Connect Core 1.0 §3.1). Browsers navigate here; it is not part of the API that
/// the document describes.
/// </summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Route("session/oidc")]
public sealed class OpenIdConnectController(IServiceProvider services) : ControllerBase
{
    private const string Return = "return";

    [HttpGet]
    [Query(Return)]
    [Representations("text/html")]
    public async Task<ActionResult> Begin()
    {
        var to = HttpContext.Query(Return) is { Kind: not ArgumentKind.Missing } given ? given.Text : "/";
        if (!ReturnAddress.IsHere(to))
        {
            return new ProblemResult(Http.Problems.Problem.OfParameter(Return, $"'{Return}' must be {ReturnAddress.Rule}."));
        }

        return NotConfigured ?? (await LogIn.BeginAsync(HttpContext, to!) is { } problem ? new ProblemResult(problem) : new EmptyResult());
    }

    [HttpGet("callback")]
    [CallbackQuery]
    [Representations("text/html")]
    public async Task<ActionResult> Complete()
    {
        if (NotConfigured is { } problem)
        {
            return problem;
        }

        var answer = await LogIn.CompleteAsync(HttpContext);
        return answer.Failure is { } failure ? new ProblemResult(failure) : Page(answer.To);
    }

    private OpenIdConnectLogIn LogIn => services.GetRequiredService<OpenIdConnectLogIn>();

    private ActionResult? NotConfigured => services.GetRequiredService<OpenIdConnectSettings>().Authority is null
        ? new ProblemResult(new Problem(ProblemTypes.NotFound, "Nobody can log in with OpenID Connect here: the setting Authentication:OpenIdConnect:Authority is not set. POST /session logs in with a password."))
        : null;

    private ContentResult Page(string to)
    {
        Response.Headers.ContentSecurityPolicy = SecurityHeaders.PagePolicy(LoggedInPage.Style);
        return Content(LoggedInPage.Html(to), "text/html; charset=utf-8");
    }

    // Unknown parameters of a response must be ignored (RFC 6749 §4.1.2).
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class CallbackQueryAttribute : QueryAttribute
    {
        public override bool AreReadByAction => true;
    }
}
