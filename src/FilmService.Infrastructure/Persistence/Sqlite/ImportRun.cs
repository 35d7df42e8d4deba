using FilmService.Domain.Films;
using FilmService.Domain.Import;

namespace FilmService.Infrastructure.Persistence.Sqlite;

/// <summary>Carries out the lines of an import, one after the other, on films that somebody else finds and stores.</summary>
internal sealed class ImportRun(FilmImport import, Func<FilmId, Film?> find, Action<FilmOutcome> store)
{
    private readonly ImportTally _tally = new(import);

    /// <summary>Carries all lines out; gives the counters after them.</summary>
    public Counters Run(Counters counters)
    {
        foreach (var line in import.Lines)
        {
            counters = Run(line, counters);
        }

        return counters;
    }

    /// <summary>True when what was stored must be taken back.</summary>
    public bool IsRefused => _tally.IsRefused;

    /// <summary>What the import came to.</summary>
    public ImportOutcome ToOutcome(Revision revision) => _tally.ToOutcome(revision);

    private Counters Run(ImportLine line, Counters counters)
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
