using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Api.Import;
using FilmService.Api.Import.Mapping;
using FilmService.Api.Ui.Rendering;
using FilmService.Domain.Import;

namespace FilmService.Api.Ui.Importing;

/// <summary>The page that imports a file. Its options are in its address, as in that of <c>POST /imports</c>.</summary>
/// <param name="Options">The options, by parameter.</param>
/// <param name="Result">What the import did, or would do; null before.</param>
/// <param name="Sample">How its file was read; null if it was not, or is no CSV.</param>
public sealed record ImportPageModel(IReadOnlyDictionary<string, string> Options, ImportView? Result, TableSample? Sample) : PageModel("Import films")
{
    public override string Section => "import";

    /// <summary>Where the file is sent.</summary>
    public string Action(bool dryRun) =>
        UiAddress.Import + UiAddress.Query(Options.Select(option => (option.Key, (string?)option.Value)).Append(("dryRun", dryRun ? "true" : null)));

    /// <summary>The address that answers with the result of every line as NDJSON, and stores nothing.</summary>
    public string LinesAddress => "/imports" + UiAddress.Query(Options.Select(option => (option.Key, (string?)option.Value)).Concat([("dryRun", "true"), (ImportParameters.Report, "lines")]));

    /// <summary>The page for a request, with its options and what was found in its file.</summary>
    internal static ImportPageModel Of(HttpContext context, ImportView? result) => new(
        ImportParameters.All.Except([ImportParameters.Report]).Where(name => context.Query(name) is { Kind: ArgumentKind.Text, Text.Length: > 0 }).ToDictionary(name => name, name => context.Query(name).Text),
        result,
        context.Features.Get<TableSample>() is { Columns.Count: > 0 } sample ? sample : null);
}

/// <summary>What an import did, or would do.</summary>
/// <param name="IsPreview">True if nothing was stored.</param>
/// <param name="Lines">The first lines of each kind.</param>
/// <param name="NotUsed">The columns of a CSV file that are not imported.</param>
public sealed record ImportView(bool IsPreview, ImportOutcome Outcome, ShownLines Lines, IReadOnlyList<string> NotUsed)
{
    /// <summary>Whether lines are invalid, so that nothing is imported.</summary>
    public bool IsRefused => Outcome.Kind is ImportOutcomeKind.Refused;

    /// <summary>The number of lines that change something.</summary>
    public long Changes => Outcome.Counts.Created + Outcome.Counts.Updated + Outcome.Counts.Deleted;

    /// <summary>An import whose header has faults.</summary>
    internal static ImportView OfHeader(Problem problem)
    {
        var faults = new ImportFaults();
        foreach (var fault in (IReadOnlyList<ImportFault>)problem.Members["lines"]!)
        {
            faults.Add(fault.Line, fault.Errors);
        }

        return new ImportView(IsPreview: true, new ImportOutcome(ImportOutcomeKind.Refused, default, faults, default), new ShownLines(), []);
    }
}
