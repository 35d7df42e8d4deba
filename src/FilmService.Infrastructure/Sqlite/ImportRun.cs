using FilmService.Domain.Films;
using FilmService.Domain.Import;
using FilmService.Domain.Writing;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>Carries out the lines of an import, one after the other, on films that somebody else finds and stores.</summary>
internal sealed class ImportRun(FilmImport import, IdempotencyTable idempotency, Func<FilmId, Film?> find, Action<FilmOutcome> store)
{
    private readonly ImportCounter _tally = new(import);

    /// <summary>
    /// What the import comes to, and the counters after it. They are those before it when it was carried out already, and when it
    /// is refused: then what was stored must be taken back.
    /// </summary>
    public (ImportOutcome Outcome, CatalogHead After) Run(CatalogHead before, DateTimeOffset now)
    {
        if (import.Origin.IdempotencyKey is { } key && idempotency.FindImport(import.Origin.By, key, now) is { } earlier)
        {
            return (earlier with { Faults = import.Unreadable }, before);
        }

        var after = before;
        foreach (var line in import.Lines)
        {
            after = Run(line, after);
        }

        after = _tally.IsRefused ? before : after;
        return (_tally.ToOutcome(after.Revision), after);
    }

    private CatalogHead Run(ImportLine line, CatalogHead counters)
    {
        var before = line.Id is null ? counters.SkipTaken(find) : counters;
        var id = line.Id ?? before.NextId;
        var current = line.Id is null ? null : find(id);
        var (outcome, after) = before.Settle(import.Decide(line, current), id, current);
        if (after.Revision.Number != before.Revision.Number)
        {
            store(outcome);
        }

        _tally.Add(line, outcome.Kind);
        return after;
    }
}
