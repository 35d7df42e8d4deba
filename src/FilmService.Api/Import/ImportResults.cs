using System.Globalization;
using System.Text.Json.Serialization;
using FilmService.Api.Films;
using FilmService.Api.Http.Problems;
using FilmService.Api.Http.Results;
using FilmService.Domain.Import;
using FilmService.Domain.Writing;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Import;

/// <summary>The result of an import.</summary>
/// <param name="Created">The number of films created.</param>
/// <param name="Updated">The number of existing films that changed.</param>
/// <param name="Unchanged">The number of films that already had these values.</param>
/// <param name="Deleted">The number of films deleted.</param>
/// <param name="Skipped">The number of lines that were skipped because of `onConflict` or `onError`.</param>
/// <param name="Revision">The import's last revision, or the catalogue's if nothing changed.</param>
/// <param name="Before">The catalogue's revision before the import. To undo it, restore `after` this `through` its revision.</param>
/// <param name="Conflicts">For a restore: the number of films that were changed again, and are left as they are.</param>
/// <param name="PossibleDuplicates">The number of films created that have the name and year of others, if there are any; not with `match=name,year`.</param>
/// <param name="Lines">The first invalid lines, if some were skipped.</param>
/// <param name="LineErrorCount">The number of invalid lines, if some were skipped.</param>
/// <param name="NotUsed">For CSV: the names of columns that were not used.</param>
/// <param name="LeftOut">For CSV: the number of lines that are not films according to their type, by type.</param>
/// <param name="HeaderLine">For CSV: the line of the header, if lines before it were skipped.</param>
public sealed record ImportResponse(
    long Created,
    long Updated,
    long Unchanged,
    long Deleted,
    long Skipped,
    string Revision,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Before,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Conflicts,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? PossibleDuplicates,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ImportFault>? Lines,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? LineErrorCount,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? NotUsed,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, long>? LeftOut,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? HeaderLine);

/// <summary>What of a CSV file is not imported.</summary>
internal sealed record TableReport(long? HeaderLine, IReadOnlyList<string> NotUsed, IReadOnlyDictionary<string, long> LeftOut);

/// <summary>Turns the domain's results of imports into HTTP responses.</summary>
internal static class ImportResults
{
    private const int MaxNamedLines = 20;

    /// <summary>The response to an import: 200, or the problem that rejects it.</summary>
    public static ActionResult Imported(HttpContext context, WriteContext origin, ReceivedImport import, ImportOutcome outcome) =>
        Answer(context, origin, outcome, import.Lines, import.Table);

    /// <summary>The response to a restore: 200, or the problem that rejects it.</summary>
    public static ActionResult Restored(HttpContext context, WriteContext origin, CatalogRestore asked, ImportReport? lines, ImportOutcome outcome) => outcome.Kind switch
    {
        ImportOutcomeKind.NotKept => new ProblemResult(FilmResults.RevisionNotKept(asked.NotKeptBy(outcome.Revision), outcome.Revision)),
        ImportOutcomeKind.PreconditionFailed => new ProblemResult(new Problem(FilmProblems.PreconditionFailed, $"The catalogue is at revision {outcome.Revision}, which is not in If-Match.")
        {
            Fields = new Dictionary<string, string> { ["Films-Revision"] = outcome.Revision.ToString() },
        }),
        _ => Answer(context, origin, outcome, lines, table: null),
    };

    private static ActionResult Answer(HttpContext context, WriteContext origin, ImportOutcome outcome, ImportReport? lines, TableReport? table)
    {
        FilmResults.AnnounceWrite(context, origin, outcome.Revision, outcome.Replayed);
        return outcome.Kind switch
        {
            ImportOutcomeKind.Done when lines is not null => lines.With(ToResponse(outcome, table)),
            ImportOutcomeKind.Done => JsonBytesResult.Of(ToResponse(outcome, table)),
            ImportOutcomeKind.Refused => new ProblemResult(Refused(outcome.Faults)),
            _ => new ProblemResult(FilmResults.KeyReused),
        };
    }

    /// <summary>The problem for an import with invalid lines.</summary>
    public static Problem Refused(ImportFaults faults)
    {
        var lines = faults.First.Take(MaxNamedLines).Select(fault => fault.Line.ToString(CultureInfo.InvariantCulture));
        return new Problem(
            ImportProblems.ImportFaults,
            $"{faults.Count} {(faults.Count == 1 ? "line has errors" : "lines have errors")}: {string.Join(", ", lines)}{(faults.Count > MaxNamedLines ? ", ..." : "")}.{(faults.First.Any(IsForeign) ? FilmProblems.ForeignFile : "")}")
        {
            Members = new Dictionary<string, object?> { ["lines"] = faults.First, ["lineErrorCount"] = faults.Count },
        };
    }

    // It has members, but not those of a film.
    private static bool IsForeign(ImportFault fault) =>
        fault.Errors.TryGetValue("name", out var name) && name[0].EndsWith("is required.", StringComparison.Ordinal)
        && fault.Errors.Keys.Any(member => !ImportLineReader.Members.Contains(member) && member != "line");

    private static ImportResponse ToResponse(ImportOutcome outcome, TableReport? table)
    {
        var (counts, faults) = (outcome.Counts, outcome.Faults.Count > 0 ? outcome.Faults : null);
        return new ImportResponse(
            counts.Created, counts.Updated, counts.Unchanged, counts.Deleted, counts.Skipped, outcome.Revision.ToString(), outcome.Before?.ToString(), counts.Conflicts,
            counts.PossibleDuplicates > 0 ? counts.PossibleDuplicates : null, faults?.First, faults?.Count,
            table?.NotUsed is { Count: > 0 } notUsed ? notUsed : null, table?.LeftOut is { Count: > 0 } leftOut ? leftOut : null, table?.HeaderLine);
    }
}
