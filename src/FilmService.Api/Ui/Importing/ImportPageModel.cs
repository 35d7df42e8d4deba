using FilmService.Api.Http.Binding;
using FilmService.Api.Import;
using FilmService.Api.Ui.Rendering;
using FilmService.Domain.Import;

namespace FilmService.Api.Ui.Importing;

/// <summary>The page that imports a file. Its options are in its address, as in that of <c>POST /imports</c>.</summary>
/// <param name="Options">The options, by parameter.</param>
/// <param name="Result">What the import did, or would do; null before.</param>
public sealed record ImportPageModel(IReadOnlyDictionary<string, string> Options, ImportView? Result) : PageModel("Import films")
{
    public override string Section => "import";

    /// <summary>Where the file is sent.</summary>
    public string Action(bool dryRun) => UiAddress.Import
        + (Options.Select(option => $"{option.Key}={Uri.EscapeDataString(option.Value)}").Concat(dryRun ? ["dryRun=true"] : []).ToList() is { Count: > 0 } query ? "?" + string.Join('&', query) : "");

    internal static IReadOnlyDictionary<string, string> OptionsOf(HttpContext context) => ImportParameters.All.Except([ImportParameters.Report])
        .Where(name => context.Query(name) is { Kind: ArgumentKind.Text }).ToDictionary(name => name, name => context.Query(name).Text);
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
}
