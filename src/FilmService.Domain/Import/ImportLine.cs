using FilmService.Domain.Films;
using FilmService.Domain.Writing;

namespace FilmService.Domain.Import;

/// <summary>One line of an import.</summary>
/// <param name="Number">The line's number in the import, from 1.</param>
/// <param name="Id">The film's id; null to generate one.</param>
/// <param name="Patch">The film's fields; null to delete the film.</param>
public sealed record ImportLine(long Number, FilmId? Id, FilmPatch? Patch)
{
    /// <summary>Why the line is invalid, by member; null if it is valid.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>What the file calls the entry, if it is left out because that is not a film; null otherwise.</summary>
    public string? LeftOutAs { get; init; }

    /// <summary>
    /// If set, the film is only changed if this is the number of its last change, or 0 if it does not exist; -1 if it must not be
    /// changed at all.
    /// </summary>
    public long? ChangedAt { get; init; }

    /// <summary>False if the film has been changed since <see cref="ChangedAt"/>.</summary>
    public bool MayChange(Film? film) => ChangedAt is not { } expected || expected == (film?.Revision.Number ?? 0);

    /// <summary>True if the line is applied; others are only reported.</summary>
    public bool IsApplied => Errors is null && LeftOutAs is null;
}

/// <summary>What happened to one line of an import.</summary>
/// <param name="Outcome">The outcome of its write; null if the line was not applied.</param>
/// <param name="Errors">Why nothing was done, by member; null if there was no error.</param>
public readonly record struct ImportLineResult(ImportLine Line, FilmOutcome? Outcome, IReadOnlyDictionary<string, string[]>? Errors);

/// <summary>Why a line of an import is invalid.</summary>
/// <param name="Line">The line's number in the import, from 1.</param>
/// <param name="Errors">The error messages of each member.</param>
public sealed record ImportFault(long Line, IReadOnlyDictionary<string, string[]> Errors);

/// <summary>The errors of an import: all are counted, the first ones are kept.</summary>
public sealed class ImportFaults
{
    /// <summary>The maximum number that is kept.</summary>
    public const int MaxKept = 100;

    private readonly List<ImportFault> _first = [];

    /// <summary>The first errors, in the order of the lines.</summary>
    public IReadOnlyList<ImportFault> First => _first;

    public long Count { get; private set; }

    /// <summary>Adds the errors of a line, which must come after those added before.</summary>
    /// <param name="lines">How many lines cannot be read because of them.</param>
    public void Add(long line, IReadOnlyDictionary<string, string[]> errors, long lines = 1)
    {
        Count += lines;
        if (_first.Count < MaxKept)
        {
            _first.Add(new ImportFault(line, errors.ToDictionary()));
        }
    }

    /// <summary>These and others, in the order of the lines.</summary>
    public ImportFaults With(ImportFaults others)
    {
        var all = new ImportFaults { Count = Count + others.Count };
        all._first.AddRange(_first.Concat(others._first).OrderBy(fault => fault.Line).Take(MaxKept));
        return all;
    }
}
