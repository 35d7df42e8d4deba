namespace FilmService.Api.Http.Problems;

/// <summary>Shows problems to people, at addresses where a browser expects a page.</summary>
internal interface IProblemPage
{
    /// <summary>True if the request is for a page.</summary>
    bool IsFor(HttpRequest request);

    /// <summary>Writes the response: its status, and the page. The problem's fields are set already.</summary>
    Task WriteAsync(Problem problem, HttpContext context);
}
