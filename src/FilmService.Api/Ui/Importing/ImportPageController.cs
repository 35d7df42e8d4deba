using FilmService.Api.Audit;
using FilmService.Api.Films;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Api.Http.Strictness;
using FilmService.Api.Import;
using FilmService.Domain.Audit;
using FilmService.Domain.Films;
using FilmService.Domain.Import;
using FilmService.Domain.Writing;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Ui.Importing;

/// <summary>The page that imports a file.</summary>
public sealed class ImportPageController(FilmCatalog catalog) : UiController
{
    [HttpGet("ui/import"), HttpHead("ui/import")]
    [Query(ImportParameters.OnConflict, ImportParameters.OnError, ImportParameters.Match, TableParameters.Delimiter, TableParameters.EncodingName, TableParameters.Columns, TableParameters.Ignore)]
    [Representations("text/html")]
    public ActionResult Get() => Page<ImportPage>(ImportPageModel.Of(HttpContext, null));

    [HttpPost("ui/import")]
    [FilmWrite(ImportParameters.OnConflict, ImportParameters.OnError, ImportParameters.Match, TableParameters.Delimiter, TableParameters.EncodingName, TableParameters.Columns, TableParameters.Ignore)]
    [Body(ArgumentReader.MultipartType, Line = typeof(ImportLine), TakesText = true)]
    [Representations("text/html")]
    public async Task<ActionResult> Import(ReceivedImport import, WriteContext origin, CancellationToken cancellationToken)
    {
        var lines = new ShownLines();
        var asked = import.ToImport(origin, HttpContext.Audit(AuditActions.Import)) with { Report = lines.Add };
        var outcome = await catalog.ImportAsync(asked, cancellationToken);
        if (outcome.Kind is ImportOutcomeKind.KeyReused)
        {
            throw new ProblemException(FilmResults.KeyReused);
        }

        var result = new ImportView(origin.DryRun, outcome, lines, import.Table?.NotUsed ?? []);
        return Page<ImportPage, ImportResult>(
            ImportPageModel.Of(HttpContext, result), result.IsRefused ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
    }
}
