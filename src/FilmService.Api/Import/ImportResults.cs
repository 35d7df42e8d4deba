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
/// <param name="Lines">The first invalid lines, if some were skipped.</param>
/// <param name="LineErrorCount">The number of invalid lines, if some were skipped.</param>
public sealed record ImportResponse(
    long Created,
    long Updated,
    long Unchanged,
    long Deleted,
    long Skipped,
    string Revision,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ImportFault>? Lines,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? LineErrorCount);

/// <summary>Turns the domain's results of imports into HTTP responses.</summary>
internal static class ImportResults
{
    private const int MaxNamedLines = 20;

    /// <summary>The response to an import: 200, or the problem that rejects it.</summary>
    public static ActionResult Imported(HttpContext context, WriteContext origin, ImportOutcome outcome)
    {
        FilmResults.AnnounceWrite(context, origin, outcome.Revision, outcome.Replayed);
        return outcome.Kind switch
        {
            ImportOutcomeKind.Done => JsonBytesResult.Of(ToResponse(outcome)),
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
            $"{faults.Count} {(faults.Count == 1 ? "line has errors" : "lines have errors")}: {string.Join(", ", lines)}{(faults.Count > MaxNamedLines ? ", ..." : "")}.")
        {
            Members = new Dictionary<string, object?> { ["lines"] = faults.First, ["lineErrorCount"] = faults.Count },
        };
    }

    private static ImportResponse ToResponse(ImportOutcome outcome)
    {
        var (counts, faults) = (outcome.Counts, outcome.Faults.Count > 0 ? outcome.Faults : null);
        return new ImportResponse(
            counts.Created, counts.Updated, counts.Unchanged, counts.Deleted, counts.Skipped, outcome.Revision.ToString(), faults?.First, faults?.Count);
    }
}
