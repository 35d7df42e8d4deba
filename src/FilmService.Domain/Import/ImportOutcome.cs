using System.Globalization;
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
}

/// <summary>The number of lines by result.</summary>
/// <param name="Created">The number of films created.</param>
/// <param name="Updated">The number of existing films that changed.</param>
/// <param name="Unchanged">The number of films that already had these values.</param>
/// <param name="Deleted">The number of films deleted.</param>
/// <param name="Skipped">The number of lines skipped according to the import's options.</param>
public readonly record struct ImportCounts(long Created, long Updated, long Unchanged, long Deleted, long Skipped);

/// <summary>The outcome of a <see cref="FilmImport"/>, durable when it is returned.</summary>
/// <param name="Faults">The invalid lines.</param>
/// <param name="Revision">The import's last revision, or the catalogue's if nothing changed.</param>
/// <param name="Replayed">True if this is the outcome of an earlier request with the same idempotency key.</param>
public sealed record ImportOutcome(ImportOutcomeKind Kind, ImportCounts Counts, ImportFaults Faults, Revision Revision, bool Replayed = false);

/// <summary>Counts the results of an import's lines.</summary>
public sealed class ImportCounter(FilmImport import)
{
    private readonly ImportFaults _faults = new();
    private long _created;
    private long _updated;
    private long _unchanged;
    private long _deleted;
    private long _skipped = import.Unreadable.Count;

    /// <summary>True if the import must not be applied: a line has errors, and invalid lines may not be skipped.</summary>
    public bool IsRefused => !import.Rules.SkipFaults && _faults.Count > 0;

    /// <summary>Counts a line by its outcome.</summary>
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

    /// <summary>The outcome, once all lines have been counted.</summary>
    public ImportOutcome ToOutcome(Revision revision) => new(
        IsRefused ? ImportOutcomeKind.Refused : ImportOutcomeKind.Done,
        new ImportCounts(_created, _updated, _unchanged, _deleted, _skipped),
        import.Unreadable.With(_faults),
        revision);

    private void Skip(ImportLine line, FilmOutcomeKind kind)
    {
        _skipped++;
        if (kind is FilmOutcomeKind.NotFound)
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
