using FilmService.Domain.Changes;
using FilmService.Domain.Films;
using FilmService.Domain.Import;
using FilmService.Domain.Writing;
using FilmService.Infrastructure.Caching;
using FilmService.Infrastructure.Sqlite.Native;
using FilmService.Infrastructure.Sqlite.Search;
using FilmService.Infrastructure.Writing;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>A reading connection with prepared statements. It serves one request at a time.</summary>
/// <remarks>
/// SQLite shows a commit to readers a moment before the writer can publish it to the film cache. A reader that sees it waits for
/// that moment, so that no later answer from the cache can be older.
/// </remarks>
internal sealed class SqliteReader : IDisposable
{
    private readonly SqliteConnection _connection;
    // Of SQLite's virtual machine: a fraction of a millisecond, which the check does not slow down noticeably.
    private const int InstructionsPerCheck = 4_000;

    // Changes that have not been projected yet. They are few, so they are scanned.
    private const string IsUnprojected = "revision > (SELECT checkpoint FROM revision)";

    private readonly SqliteStatement _find;
    private readonly SqliteStatement _findRecent;
    private readonly SqliteStatement _count;
    private readonly SqliteStatement _findNamed;
    private readonly SqliteStatement _head;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _end;
    private readonly SqliteCommand _asOf;
    private readonly SqliteCommand _changes;
    private readonly SqliteCommand _history;
    private readonly ChangeScan _scan;
    private readonly IdempotencyTable _idempotency;
    private readonly ChangeSignal _published;
    private readonly string _epoch;

    public SqliteReader(SqliteDatabase file, ChangeSignal published, string epoch)
    {
        (_published, _epoch) = (published, epoch);
        _connection = file.OpenReader();
        raw.sqlite3_progress_handler(_connection.Handle, InstructionsPerCheck, _ => Work.IsOver ? 1 : 0, null);

        // One statement is one snapshot: the film and the revision belong together.
        _find = new SqliteStatement(_connection, $"""
            SELECT number, {FilmRowReader.Columns.Replace("revision", "films.revision", StringComparison.Ordinal)}
            FROM revision LEFT JOIN films ON sort_key = $1
            """);
        _findRecent = new SqliteStatement(_connection, $"""
            SELECT number, film.* FROM revision LEFT JOIN (
                SELECT * FROM (
                    SELECT {FilmRowReader.Columns} FROM changes WHERE {IsUnprojected} AND sort_key = $1 ORDER BY revision DESC LIMIT 1)
                UNION ALL SELECT {FilmRowReader.Columns} FROM films WHERE sort_key = $1 LIMIT 1) AS film
            """);
        _count = new SqliteStatement(_connection, "SELECT count(*) FROM films");
        _findNamed = new SqliteStatement(_connection, $"SELECT {FilmRowReader.Columns} FROM films WHERE normalized_name = $1 LIMIT $2");
        _begin = new SqliteStatement(_connection, "BEGIN");
        _end = new SqliteStatement(_connection, "ROLLBACK");
        _head = new SqliteStatement(_connection, HeadTable.Select);
        _asOf = _connection.Prepare(ChangesOfFilm(FilmRowReader.Columns, "revision <= $2", limit: "1"));
        _changes = _connection.Prepare($"SELECT {FilmRowReader.ChangeColumns} FROM changes WHERE revision > $1 ORDER BY revision LIMIT $2");
        _history = _connection.Prepare(ChangesOfFilm(FilmRowReader.ChangeColumns, "revision < $2", limit: "$3"));
        _scan = new ChangeScan(_connection, epoch);
        _idempotency = new IdempotencyTable(_connection, epoch);
        PastFilms.AddFunctions(_connection);
        _connection.CreateFunction(FilmStatements.Sorted, (long bytes) => Work.Sort(bytes));
        Planner = new QueryPlanner(_connection, epoch);
    }

    /// <summary>Interrupts the reader's statements when it is over.</summary>
    public ReadWork Work { get; set; } = ReadWork.Quick;

    /// <summary>The film in the read model, which may lack the last changes.</summary>
    public FilmSnapshot Find(FilmId id) => Find(id, _find);

    /// <summary>The film with its last changes, which costs more.</summary>
    public FilmSnapshot FindRecent(FilmId id) => Find(id, _findRecent);

    /// <summary>The films with a normalised name in the read model, inside a snapshot.</summary>
    public IEnumerable<Film> FindNamed(string normalizedName, int limit)
    {
        using var row = _findNamed.Bind(normalizedName).Bind(limit).Query();
        while (row.Next())
        {
            yield return row.ReadFilm(_epoch);
        }
    }

    /// <summary>The film as it was at a revision; null if that revision is not kept.</summary>
    public FilmSnapshot? FindAsOf(FilmId id, Revision asOf) => InSnapshot<FilmSnapshot?>(head =>
    {
        if (!head.ToBounds().Includes(asOf))
        {
            return null;
        }

        using var row = _asOf.With(id.ToSortKey(), asOf.Number).ExecuteReader();
        return new FilmSnapshot(row.Read() && !row.IsDBNull(1) ? row.ReadFilm(_epoch) : null, head.Revision);
    });

    /// <summary>The film as its last change left it, read without the read model.</summary>
    public FilmSnapshot FindLast(FilmId id) => InSnapshot(head =>
    {
        using var row = _asOf.With(id.ToSortKey(), head.Revision.Number).ExecuteReader();
        return new FilmSnapshot(row.Read() && !row.IsDBNull(1) ? row.ReadFilm(_epoch) : null, head.Revision);
    });

    public ChangePage Changes(long after, int limit) => ReadPage(_changes.With(after, limit));

    public ChangePage History(FilmId id, long before, int limit) => ReadPage(_history.With(id.ToSortKey(), before, limit));

    /// <summary>Changes of one caller, or backwards.</summary>
    public FoundChanges Search(ChangeSearch search) => InSnapshot(head => _scan.Read(search, head.ToBounds()));

    /// <summary>The lines that restore the films, inside a snapshot.</summary>
    /// <param name="through">The last change to undo.</param>
    public IEnumerable<ImportLine> ReadRestored(CatalogRestore restore, long through) => RestoreLines.Read(_connection, restore, restore.After.Number, through);

    /// <summary>The changes after a revision, inside a snapshot; all of them if the limit is negative.</summary>
    public List<FilmChange> ReadChanges(long after, int limit) => _changes.With(after, limit).ReadChanges(_epoch);

    /// <summary>Reads tables beside the films in one snapshot.</summary>
    public T ReadSnapshot<T>(Func<SqliteConnection, T> read) => InSnapshot(_ => read(_connection));

    /// <summary>The record of an idempotency key; null if there is none.</summary>
    public IdempotencyRecord? FindRecord(CallerKey owner) => _idempotency.Find(owner);

    /// <summary>Opens a snapshot, which lasts until <see cref="EndSnapshot"/>.</summary>
    public ProjectedHead BeginSnapshot()
    {
        _begin.Run();
        var head = HeadTable.Read(_head);
        _published.WaitFor(head.Revision.Number);
        return head;
    }

    public void EndSnapshot() => _end.Run();

    /// <summary>Answers queries inside the snapshot.</summary>
    public QueryPlanner Planner { get; }

    /// <summary>The number of films in the read model.</summary>
    public long CountFilms()
    {
        using var row = _count.Query();
        row.Next();
        return row.Number(0);
    }

    // Newest first: those that the index does not have yet, then the others.
    private static string ChangesOfFilm(string columns, string bound, string limit) => $"""
        SELECT * FROM (SELECT {columns} FROM changes WHERE {IsUnprojected} AND sort_key = $1 AND {bound} ORDER BY revision DESC LIMIT {limit})
        UNION ALL
        SELECT * FROM (SELECT {columns} FROM changes WHERE indexed = 1 AND sort_key = $1 AND {bound} ORDER BY revision DESC LIMIT {limit})
        LIMIT {limit}
        """;

    private FilmSnapshot Find(FilmId id, SqliteStatement statement)
    {
        using var row = statement.Bind(id.ToSortKey()).Query();
        row.Next();
        _published.WaitFor(row.Number(0));
        return new FilmSnapshot(row.IsNull(2) ? null : row.ReadFilm(_epoch, first: 1), new Revision(_epoch, row.Number(0)));
    }

    private ChangePage ReadPage(SqliteCommand command) =>
        InSnapshot(head => new ChangePage(command.ReadChanges(_epoch), head.ToBounds()));

    private T InSnapshot<T>(Func<ProjectedHead, T> read)
    {
        var result = read(BeginSnapshot());
        EndSnapshot();
        return result;
    }

    public void Dispose()
    {
        _find.Dispose();
        _findRecent.Dispose();
        _count.Dispose();
        _findNamed.Dispose();
        _head.Dispose();
        _begin.Dispose();
        _end.Dispose();
        _asOf.Dispose();
        _changes.Dispose();
        _history.Dispose();
        _scan.Dispose();
        _idempotency.Dispose();
        Planner.Dispose();
        _connection.Dispose();
    }
}
