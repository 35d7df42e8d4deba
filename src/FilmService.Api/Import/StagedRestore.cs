using FilmService.Api.Access.Authentication;
using FilmService.Api.Audit;
using FilmService.Domain.Audit;
using FilmService.Domain.Films;
using FilmService.Domain.Import;
using FilmService.Domain.Writing;
using FilmService.Infrastructure;
using FilmService.Infrastructure.Import;

namespace FilmService.Api.Import;

/// <summary>A restore of many films: it counts as an import, and its lines are staged in a temporary file.</summary>
internal static class StagedRestore
{
    /// <param name="create">Creates the restore, which adds its lines to what it is given.</param>
    /// <param name="report">Called with the result of each line; null if nobody asked.</param>
    /// <exception cref="Http.Problems.ProblemException">429: the maximum number of concurrent imports has been reached.</exception>
    public static async Task<(CatalogRestore Asked, ImportOutcome Outcome)> RunAsync(
        HttpContext context, Func<Action<ImportLine>, CatalogRestore> create, WriteContext origin, Action<ImportLineResult>? report)
    {
        var services = context.RequestServices;
        using var slot = services.GetRequiredService<ImportSlots>().Take(CountedCaller.Of(context));
        using var staged = new StagedLines(services.GetRequiredService<TemporaryFiles>());
        var number = 0L;
        var restore = create(line => staged.Add(line with { Number = ++number }));
        var import = new FilmImport(staged.ReadAll(), new ImportFaults(), new ImportOptions(OnConflict.Replace), origin)
        {
            Report = report,
            Audit = context.Audit(AuditActions.FilmsRestored),
        };
        return (restore, await services.GetRequiredService<FilmCatalog>().RestoreAsync(restore, import, context.RequestAborted));
    }
}
