using FilmService.Domain.Films;
using FilmService.Domain.Writing;
using FilmService.Infrastructure.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>The row <c>revision</c>: what the catalogue counts.</summary>
/// <param name="Revision">The last change.</param>
/// <param name="LastGeneratedId">No generated id up to here is handed out again.</param>
/// <param name="RemovedThrough">Up to this change, superseded ones may have been removed.</param>
/// <param name="IndexedThrough">Up to this change, the tables that follow the changes are up to date.</param>
internal sealed record CatalogHead(Revision Revision, long LastGeneratedId, long RemovedThrough, long IndexedThrough = 0)
{
    /// <summary>Reads the one row.</summary>
    public const string Select = "SELECT epoch, number, last_generated_id, removed_through, checkpoint FROM revision";

    private const int EpochLength = 6;

    /// <summary>The id of the next film that comes without one.</summary>
    public FilmId NextId => FilmId.Generated(LastGeneratedId + 1);

    /// <summary>How many changes the tables that follow do not have yet.</summary>
    public long NotIndexed => Revision.Number - IndexedThrough;

    private CatalogHead Next => this with { Revision = Revision with { Number = Revision.Number + 1 } };

    /// <summary>The counters with a <see cref="NextId"/> that no film has. Only clients' own ids that lift no counter can be in its way.</summary>
    public CatalogHead SkipTaken(Func<FilmId, Film?> find)
    {
        var free = this;
        while (free.NextId.WholeNumber is null && find(free.NextId) is not null)
        {
            free = free with { LastGeneratedId = free.LastGeneratedId + 1 };
        }

        return free;
    }

    /// <summary>What a decision comes to, and the counters after it; stores nothing.</summary>
    public (FilmOutcome Outcome, CatalogHead After) Settle(FilmDecision decision, FilmId id, Film? current)
    {
        switch (decision)
        {
            case FilmDecision.Save save:
                // A client's own whole-number id lifts the generated ones, which go on behind the limit of that.
                var lastGeneratedId = id == NextId ? LastGeneratedId + 1 : Math.Max(LastGeneratedId, id.WholeNumber ?? 0);
                var saved = Next with { LastGeneratedId = lastGeneratedId };
                var kind = current is null ? FilmOutcomeKind.Created : FilmOutcomeKind.Replaced;
                return (new FilmOutcome(kind, id, new Film(id, save.Details, saved.Revision), saved.Revision), saved);
            case FilmDecision.Delete:
                return (new FilmOutcome(FilmOutcomeKind.Deleted, id, null, Next.Revision), Next);
            case FilmDecision.Leave leave:
                return (new FilmOutcome(leave.Kind, id, current, Revision), this);
            default:
                throw new ArgumentOutOfRangeException(nameof(decision), decision, "An unknown decision.");
        }
    }

    public static CatalogHead Read(SqliteConnection connection)
    {
        using var statement = new SqliteStatement(connection, Select);
        return Read(statement);
    }

    /// <summary>Reads the counters with a prepared <see cref="Select"/>.</summary>
    public static CatalogHead Read(SqliteStatement statement)
    {
        using var row = statement.Query();
        row.Next();
        return new CatalogHead(new Revision(row.Text(0), row.Number(1)), row.Number(2), row.Number(3), row.Number(4));
    }

    /// <summary>True when the database has been begun: its one row of counters is there.</summary>
    public static bool AreIn(SqliteConnection connection)
    {
        using var command = connection.Prepare("SELECT 1 FROM revision");
        return command.ExecuteScalar() is not null;
    }

    /// <summary>Writes the counters of a new database, with an epoch of its own.</summary>
    public static void Begin(SqliteConnection connection)
    {
        var epoch = new string(Random.Shared.GetItems<char>(Revision.EpochAlphabet, EpochLength));
        using var command = connection.Prepare("INSERT INTO revision (row, epoch, number, last_generated_id, normalization_version, removed_through) VALUES (1, $1, 0, 0, $2, 0)");
        command.With(epoch, NormalizedName.Version).ExecuteNonQuery();
    }
}
