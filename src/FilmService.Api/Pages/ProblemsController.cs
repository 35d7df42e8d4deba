using System.ComponentModel;
using FilmService.Api.Http;
using FilmService.Api.Http.Problems;
using FilmService.Api.Http.Strictness;
using FilmService.Api.Ui;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Pages;

/// <summary>Explains in words what a problem's <c>type</c> means.</summary>
[ApiController]
[Description("Explanations of the problem types.")]
[Route("problems")]
public sealed class ProblemsController(UiSettings ui) : ControllerBase
{
    /// <summary>Lists the problem types.</summary>
    /// <remarks>Each is explained at the URL that problems have as their `type`.</remarks>
    /// <response code="200">An HTML page or plain text.</response>
    [HttpGet(Name = "listProblems"), HttpHead]
    [Representations("text/html", "text/plain")]
    [ProducesResponseType<string>(StatusCodes.Status200OK, "text/html", "text/plain")]
    public ContentResult List() => Page(ProblemPage.Html(ProblemCatalog.All, ui.Enabled), ProblemPage.Text(ProblemCatalog.All));

    /// <summary>Explains a problem type, with its causes and an example of a correct request.</summary>
    /// <remarks>HTML for browsers; plain text if `Accept` asks for `text/plain`.</remarks>
    /// <response code="200">An HTML page or plain text.</response>
    /// <response code="404">The problem type does not exist.</response>
    [HttpGet("{slug}", Name = "getProblem"), HttpHead("{slug}")]
    [Representations("text/html", "text/plain")]
    [ProducesResponseType<string>(StatusCodes.Status200OK, "text/html", "text/plain")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound, "application/problem+json")]
    public ActionResult Get(string slug) => ProblemCatalog.All.FirstOrDefault(type => type.Slug == slug) is { } type
        ? Page(ProblemPage.Html(type, Address, ui.Enabled), ProblemPage.Text(type, Address))
        : new ProblemResult(new Problem(ProblemTypes.NotFound, $"There is no problem type '{slug}'."));

    private string Address => $"{Request.Scheme}://{Request.Host}";

    private ContentResult Page(string html, string text)
    {
        var type = Negotiation.Choose(Request, ["text/html", "text/plain"])!;
        Response.Headers.Vary = "Accept";
        Response.Headers.ContentSecurityPolicy = SecurityHeaders.PagePolicy(ProblemPage.Style);
        return Content(type == "text/html" ? html : text, type + "; charset=utf-8");
    }
}
