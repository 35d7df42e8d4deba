using FilmService.Domain.Films;
using FilmService.Domain.Writing;
using FilmService.Infrastructure.Caching;
using FilmService.Infrastructure.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>The only row of the table <c>revision</c>: the catalogue's head.</summary>
internal sealed class HeadTable(SqliteConnection connection) : IDisposable
{
    public const string Select = "SELECT epoch, number, last_generated_id, removed_through, checkpoint FROM revision";

    private const int EpochLength = 6;

    private readonly SqliteStatement _save = new(connection, "UPDATE revision SET number = $1, last_generated_id = $2");

    public void Save(CatalogHead head) => _save.Bind(head.Revision.Number).Bind(head.LastGeneratedId).Run();

    public static ProjectedHead Read(SqliteConnection connection)
    {
        using var statement = new SqliteStatement(connection, Select);
        return Read(statement);
    }

    /// <summary>Reads the head with a prepared <see cref="Select"/>.</summary>
    public static ProjectedHead Read(SqliteStatement statement)
    {
        using var row = statement.Query();
        row.Next();
        return new ProjectedHead(new CatalogHead(new Revision(row.Text(0), row.Number(1)), row.Number(2), row.Number(3)), row.Number(4));
    }

    /// <summary>False if the database is new and has no head.</summary>
    public static bool Exists(SqliteConnection connection)
    {
        using var command = connection.Prepare("SELECT 1 FROM revision");
        return command.ExecuteScalar() is not null;
    }

    /// <summary>Writes the head of a new database, with a new epoch.</summary>
    /// <param name="run">The id of the run that creates it.</param>
    public static void Create(SqliteConnection connection, string run) => connection.Run(
        "INSERT INTO revision (row, epoch, number, last_generated_id, normalization_version, removed_through, run_id) VALUES (1, $1, 0, 0, $2, 0, $3)",
        NewEpoch(), NormalizedName.Version, run);

    public static string NewEpoch() => new(Random.Shared.GetItems<char>(Revision.EpochAlphabet, EpochLength));

    public void Dispose() => _save.Dispose();
}
