using FilmService.Api.Access.OpenIdConnect;
using FilmService.Api.Http.Problems;

namespace FilmService.Api.Ui.Rendering;

/// <param name="TraceId">The id under which the log has the request.</param>
public sealed record ProblemModel(Problem Problem, string TraceId) : PageModel(Problem.Type.Title)
{
    public int Status => Problem.Type.Status;

    /// <summary>True if a login at an external issuer has failed, which can be begun again.</summary>
    public bool IsLogIn => OpenIdConnectProblems.All.Contains(Problem.Type);

    /// <summary>How many seconds to wait before trying again; null if it is not said.</summary>
    public string? RetryAfter => Problem.Fields.GetValueOrDefault("Retry-After");
}
