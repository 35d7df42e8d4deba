using FilmService.Domain.Films;
using FilmService.Domain.Writing;

namespace FilmService.Domain.Import;

/// <summary>The result of an import.</summary>
public enum ImportOutcomeKind
{
    /// <summary>It was applied.</summary>
    Done,

    /// <summary>Lines are invalid; nothing was changed.</summary>
    Refused,

    /// <summary>The idempotency key was used for another request; nothing was changed.</summary>
    KeyReused,

    /// <summary>The revisions to restore belong to another catalogue, are in the future or are not kept; nothing was changed.</summary>
    NotKept,

    /// <summary>The catalogue is not at the expected revision; nothing was changed.</summary>
    PreconditionFailed,
}

/// <summary>The number of lines by result.</summary>
/// <param name="Created">The number of films created.</param>
/// <param name="Updated">The number of existing films that changed.</param>
/// <param name="Unchanged">The number of films that already had these values.</param>
/// <param name="Deleted">The number of films deleted.</param>
/// <param name="Skipped">The number of lines skipped according to the import's options.</param>
public readonly record struct ImportCounts(long Created, long Updated, long Unchanged, long Deleted, long Skipped)
{
    /// <summary>The number of films created that have the name and year of others; not counted if films are matched by them.</summary>
    public long PossibleDuplicates { get; init; }

    /// <summary>The number of films that a restore left alone, because they were changed again; null for an import.</summary>
    public long? Conflicts { get; init; }
}

/// <summary>The outcome of a <see cref="FilmImport"/>, durable when it is returned.</summary>
/// <param name="Faults">The invalid lines.</param>
/// <param name="Revision">The import's last revision, or the catalogue's if nothing changed.</param>
/// <param name="Replayed">True if this is the outcome of an earlier request with the same idempotency key.</param>
public sealed record ImportOutcome(ImportOutcomeKind Kind, ImportCounts Counts, ImportFaults Faults, Revision Revision, bool Replayed = false)
{
    /// <summary>The catalogue's revision before it; null if that was not recorded.</summary>
    public Revision? Before { get; init; }
}

/// <summary>Counts the results of an import's lines.</summary>
public sealed class ImportCounter(FilmImport import)
{
    private readonly ImportFaults _faults = new();
    private long _created;
    private long _updated;
    private long _unchanged;
    private long _deleted;
    private long _skipped = import.Unreadable.Count;
    private long _conflicts;

    /// <summary>True if the import must not be applied: a line has errors, and invalid lines may not be skipped.</summary>
    public bool IsRefused => !import.Rules.SkipFaults && _faults.Count > 0;

    /// <summary>The number of films created that have the name and year of others.</summary>
    public long PossibleDuplicates { private get; set; }

    /// <summary>Counts a line by its outcome.</summary>
    /// <returns>The errors in the line, by member; null if there are none.</returns>
    public IReadOnlyDictionary<string, string[]>? Add(ImportLine line, FilmOutcome outcome)
    {
        switch (outcome.Kind)
        {
            case FilmOutcomeKind.Created:
                _created++;
                break;
            case FilmOutcomeKind.Replaced:
                _updated++;
                break;
            case FilmOutcomeKind.Unchanged:
                _unchanged++;
                break;
            case FilmOutcomeKind.Deleted:
                _deleted++;
                break;
            case FilmOutcomeKind.Conflict:
                _conflicts++;
                break;
            default:
                return Skip(line, outcome);
        }

        return null;
    }

    /// <summary>The outcome, once all lines have been counted.</summary>
    public ImportOutcome ToOutcome(Revision revision) => new(
        IsRefused ? ImportOutcomeKind.Refused : ImportOutcomeKind.Done,
        new ImportCounts(_created, _updated, _unchanged, _deleted, _skipped) { PossibleDuplicates = PossibleDuplicates, Conflicts = import.Restore is null ? null : _conflicts },
        import.Unreadable.With(_faults),
        revision);

    private Dictionary<string, string[]>? Skip(ImportLine line, FilmOutcome outcome)
    {
        _skipped++;
        var errors = outcome.Kind switch
        {
            FilmOutcomeKind.NotFound => Errors("name", $"The film doesn't exist yet, so the line needs {string.Join(" and ", FilmFields.Required.Select(field => field.Name))}."),
            FilmOutcomeKind.Ambiguous => Errors("name", "Several films have this name and year, so it is unclear which one the line means. Give its Id."),
            _ when import.Rules.OnConflict is OnConflict.Error => Errors("id", $"Film {outcome.Id} already exists. To accept the line, set onConflict to skip, replace or merge."),
            _ => null,
        };
        if (errors is not null)
        {
            _faults.Add(line.Number, errors);
        }

        return errors;
    }

    private static Dictionary<string, string[]> Errors(string member, string message) => new() { [member] = [message] };
}
