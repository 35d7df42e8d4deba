using FilmService.Api.Access.OpenIdConnect;
using FilmService.Api.Http;
using FilmService.Api.Http.Problems;
using FilmService.Api.Import;
using FilmService.Api.Import.Mapping;
using FilmService.Api.Ui.Importing;

namespace FilmService.Api.Ui.Rendering;

/// <summary>Problems in words below <c>/ui</c>, and where a browser logs in at an external issuer. A script shows them above the page, which stays as it is.</summary>
internal sealed class ProblemPages(UiSettings settings) : IProblemPage
{
    public bool IsFor(HttpRequest request) => settings.Enabled
        && (request.Path.StartsWithSegments(UiSettings.Root, StringComparison.Ordinal) || (request.Path.StartsWithSegments(OpenIdConnectSettings.Path, StringComparison.Ordinal) && IsBrowser(request)));

    private static bool IsBrowser(HttpRequest request) => request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);

    public Task WriteAsync(Problem problem, HttpContext context)
    {
        // Without its columns no line of a file can be read: the page shows how it was read, to be changed.
        if (problem.Type == ImportProblems.ImportFaults && context.Features.Get<TableSample>() is { Columns.Count: > 0 })
        {
            return new PageResult(typeof(ImportPage), typeof(ImportResult), ImportPageModel.Of(context, ImportView.OfHeader(problem)), problem.Type.Status).WriteAsync(context);
        }

        if (PageContext.IsFromScript(context.Request))
        {
            context.Response.Headers["HX-Retarget"] = "#notice";
            context.Response.Headers["HX-Reswap"] = "innerHTML";
        }

        if (problem.Type.Status == StatusCodes.Status401Unauthorized)
        {
            // The page has a form; to 'Basic' a browser would open a dialog of its own.
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"FilmService\"";
        }

        return new PageResult(typeof(ProblemView), typeof(ProblemNotice), new ProblemModel(problem, TraceId.Of(context)), problem.Type.Status).WriteAsync(context);
    }
}
