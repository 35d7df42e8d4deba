using FilmService.Domain.Films;
using FilmService.Domain.Import;
using FilmService.Domain.Writing;

namespace FilmService.Api.Ui.Importing;

/// <summary>What a line of an import does.</summary>
public enum LineKind
{
    Created,
    Changed,
    Deleted,

    /// <summary>It changes nothing, because the film was changed again.</summary>
    Kept,

    Failed,
}

/// <summary>A line of an import, as people see it.</summary>
/// <param name="Number">Its number in the file.</param>
/// <param name="Before">The film before; null if it did not exist.</param>
/// <param name="After">The film after; null if it does not exist.</param>
/// <param name="Fault">What is wrong with it; null if nothing is.</param>
public sealed record ShownLine(long Number, LineKind Kind, FilmId? Id, FilmDetails? Before, FilmDetails? After, string? Fault);

/// <summary>The first lines of each kind, of an import that may have millions.</summary>
public sealed class ShownLines
{
    /// <summary>How many of a kind.</summary>
    public const int MaxOfKind = 100;

    private readonly List<ShownLine> _all = [];
    private readonly Dictionary<LineKind, int> _counts = [];

    /// <summary>The lines, in order.</summary>
    public IReadOnlyList<ShownLine> All => _all;

    /// <summary>The lines and those with errors, in order.</summary>
    public IReadOnlyList<ShownLine> With(ImportFaults faults) =>
        [.. _all.Concat(faults.First.Select(fault => new ShownLine(fault.Line, LineKind.Failed, null, null, null, string.Join(" ", fault.Errors.SelectMany(error => error.Value))))).OrderBy(line => line.Number)];

    /// <summary>Keeps the line if it is one of the first of its kind.</summary>
    public void Add(ImportLineResult line)
    {
        // An import runs more than once if it has to begin again.
        if (_all.Count > 0 && line.Line.Number <= _all[^1].Number)
        {
            _all.Clear();
            _counts.Clear();
        }

        if (line.Outcome is { } outcome && KindOf(outcome.Kind) is { } kind && (_counts[kind] = _counts.GetValueOrDefault(kind) + 1) <= MaxOfKind)
        {
            _all.Add(new ShownLine(line.Line.Number, kind, outcome.Id, outcome.Before?.Details, kind is LineKind.Deleted ? null : outcome.Film?.Details, null));
        }
    }

    private static LineKind? KindOf(FilmOutcomeKind kind) => kind switch
    {
        FilmOutcomeKind.Created => LineKind.Created,
        FilmOutcomeKind.Replaced => LineKind.Changed,
        FilmOutcomeKind.Deleted => LineKind.Deleted,
        FilmOutcomeKind.Conflict => LineKind.Kept,
        _ => null,
    };
}
