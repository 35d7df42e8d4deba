using FilmService.Domain.Films;
using FilmService.Domain.Writing;

namespace FilmService.Domain.Import;

/// <summary>What becomes of a film that is in the catalogue already when a line of an import has its id.</summary>
public enum OnConflict
{
    /// <summary>The line is a fault.</summary>
    Error,

    /// <summary>The film stays as it is.</summary>
    Skip,

    /// <summary>The film becomes what the line says.</summary>
    Replace,

    /// <summary>What the line says changes; the rest of the film stays (RFC 7396).</summary>
    Merge,
}

/// <summary>How an import is carried out.</summary>
/// <param name="OnConflict">What becomes of films that are there already.</param>
/// <param name="SkipFaults">True to leave lines with faults out; false to carry out nothing when one has a fault.</param>
public sealed record ImportOptions(OnConflict OnConflict = OnConflict.Error, bool SkipFaults = false);

/// <summary>Many changes that become one, on their way to the repository.</summary>
/// <param name="Lines">The lines that could be read, in order. They can be read more than once.</param>
/// <param name="Unreadable">The faults of the others.</param>
/// <param name="Rules">How it is carried out.</param>
/// <param name="Origin">Who asks, and how.</param>
public sealed record FilmImport(IEnumerable<ImportLine> Lines, ImportFaults Unreadable, ImportOptions Rules, WriteContext Origin)
{
    private readonly WriteContext _lineOrigin = Origin with { IdempotencyKey = null };

    /// <summary>The write that carries out a line. The idempotency key belongs to the import, so it has none.</summary>
    public FilmWrite ToWrite(ImportLine line) => new(line.Id, current => Decide(line, current), _lineOrigin);

    /// <summary>What shall become of the line's film; like <see cref="Writing.Decide"/>, without side effects.</summary>
    /// <param name="line">The line.</param>
    /// <param name="current">The film as the lines before it have left it; null when there is none.</param>
    public FilmDecision Decide(ImportLine line, Film? current)
    {
        if (line.Said is not { } said)
        {
            return current is null ? new FilmDecision.Leave(FilmOutcomeKind.Unchanged) : new FilmDecision.Delete();
        }

        if (current is not null && Rules.OnConflict is OnConflict.Error or OnConflict.Skip)
        {
            return new FilmDecision.Leave(FilmOutcomeKind.IdTaken);
        }

        var wanted = current is not null && Rules.OnConflict is OnConflict.Merge ? said.ApplyTo(current.Details) : said.ToDetails();
        return wanted is null ? new FilmDecision.Leave(FilmOutcomeKind.Missing) : FilmDecision.SaveUnlessEqual(current, wanted);
    }
}
