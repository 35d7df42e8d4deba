using System.Globalization;
using FilmService.Domain.Films;
using FilmService.Domain.Writing;

namespace FilmService.Domain.Import;

/// <summary>The result of an import.</summary>
public enum ImportOutcomeKind
{
    /// <summary>It was carried out.</summary>
    Done,

    /// <summary>Lines have faults; nothing was changed.</summary>
    Refused,

    /// <summary>The idempotency key belongs to another request; nothing was changed.</summary>
    KeyReused,
}

/// <summary>How many lines came to what.</summary>
/// <param name="Created">The number of films created.</param>
/// <param name="Updated">The number of existing films that changed.</param>
/// <param name="Unchanged">The number of films that already had these values.</param>
/// <param name="Deleted">The number of films deleted.</param>
/// <param name="Skipped">Lines that were left out, as the import's rules say.</param>
public readonly record struct ImportCounts(long Created, long Updated, long Unchanged, long Deleted, long Skipped);

/// <summary>The outcome of a <see cref="FilmImport"/>, durable when it is told.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Counts">How many lines came to what.</param>
/// <param name="Faults">The lines with faults.</param>
/// <param name="Revision">The import's last revision, or the catalogue's if nothing changed.</param>
/// <param name="Replayed">True when the outcome is that of an earlier request with the same idempotency key.</param>
public sealed record ImportOutcome(ImportOutcomeKind Kind, ImportCounts Counts, ImportFaults Faults, Revision Revision, bool Replayed = false);

/// <summary>Counts what the lines of an import come to.</summary>
public sealed class ImportCounter(FilmImport import)
{
    private readonly ImportFaults _faults = new();
    private long _created;
    private long _updated;
    private long _unchanged;
    private long _deleted;
    private long _skipped = import.Unreadable.Count;

    /// <summary>True when the import may not be carried out: a line has errors, and none may be left out.</summary>
    public bool IsRefused => !import.Rules.SkipFaults && _faults.Count > 0;

    /// <summary>Counts a line by what was decided of it.</summary>
    public void Add(ImportLine line, FilmOutcomeKind kind)
    {
        switch (kind)
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
            default:
                Skip(line, kind);
                break;
        }
    }

    /// <summary>The outcome, when all lines are counted.</summary>
    public ImportOutcome ToOutcome(Revision revision) => new(
        IsRefused ? ImportOutcomeKind.Refused : ImportOutcomeKind.Done,
        new ImportCounts(_created, _updated, _unchanged, _deleted, _skipped),
        import.Unreadable.With(_faults),
        revision);

    private void Skip(ImportLine line, FilmOutcomeKind kind)
    {
        _skipped++;
        if (kind is FilmOutcomeKind.Missing)
        {
            _faults.Add(line.Number, Errors("name", $"The film doesn't exist yet, so the line needs {string.Join(" and ", FilmFields.Required.Select(field => field.Name))}."));
        }
        else if (import.Rules.OnConflict is OnConflict.Error)
        {
            _faults.Add(line.Number, Errors("id", string.Create(CultureInfo.InvariantCulture, $"Film {line.Id} already exists.")));
        }
    }

    private static Dictionary<string, string[]> Errors(string member, string message) => new() { [member] = [message] };
}
