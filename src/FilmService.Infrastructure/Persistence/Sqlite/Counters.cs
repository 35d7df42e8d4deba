using System.Security.Cryptography;
using FilmService.Domain.Films;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Persistence.Sqlite;

/// <summary>The row <c>revision</c>: what the catalogue counts.</summary>
/// <param name="Revision">The last change.</param>
/// <param name="LastGeneratedId">No generated id up to here is handed out again.</param>
internal sealed record Counters(Revision Revision, long LastGeneratedId)
{
    private const int EpochLength = 6;

    /// <summary>The id of the next film that comes without one.</summary>
    public FilmId NextId => FilmId.Generated(LastGeneratedId + 1);

    /// <summary>The counters after a film was stored; a client's own whole-number id lifts the generated ones.</summary>
    public Counters AfterSave(FilmId id) => new(NextRevision, Math.Max(LastGeneratedId, id.WholeNumber ?? 0));

    /// <summary>The counters after a film was deleted.</summary>
    public Counters AfterDelete() => this with { Revision = NextRevision };

    private Revision NextRevision => Revision with { Number = Revision.Number + 1 };

    public static Counters Read(SqliteConnection connection)
    {
        using var command = connection.Prepare("SELECT epoch, number, last_generated_id FROM revision");
        using var row = command.ExecuteReader();
        row.Read();
        return new Counters(new Revision(row.GetString(0), row.GetInt64(1)), row.GetInt64(2));
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
        var epoch = RandomNumberGenerator.GetString(Revision.EpochAlphabet, EpochLength);
        using var command = connection.Prepare("INSERT INTO revision (row, epoch, number, last_generated_id, fold_version) VALUES (1, $1, 0, 0, $2)");
        command.With(epoch, FoldedName.Version).ExecuteNonQuery();
    }
}
