using FilmService.Domain.Changes;
using FilmService.Domain.Films;
using FilmService.Infrastructure.Persistence.Sqlite.Finding;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Persistence.Sqlite;

/// <summary>A connection that reads, with its statements prepared. One request at a time uses it.</summary>
internal sealed class SqliteReader : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _find;
    private readonly SqliteCommand _hasMore;
    private readonly SqliteStatement _counters;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _end;
    private readonly SqliteCommand _asOf;
    private readonly SqliteCommand _changes;
    private readonly SqliteCommand _history;
    private readonly IdempotencyTable _idempotency;
    private readonly string _epoch;

    public SqliteReader(SqliteFile file, string epoch)
    {
        _epoch = epoch;
        _connection = file.OpenReader();

        // One statement is one snapshot: the film and the revision belong together.
        _find = new SqliteStatement(_connection, $"""
            SELECT number, {FilmRowReader.Columns.Replace("revision", "films.revision", StringComparison.Ordinal)}
            FROM revision LEFT JOIN films ON sort_key = $1
            """);
        _hasMore = _connection.Prepare("SELECT 1 FROM films LIMIT 1 OFFSET $1");
        _begin = new SqliteStatement(_connection, "BEGIN");
        _end = new SqliteStatement(_connection, "ROLLBACK");
        _counters = new SqliteStatement(_connection, Counters.Select);
        _asOf = _connection.Prepare($"""
            SELECT {FilmRowReader.Columns} FROM changes WHERE sort_key = $1 AND revision <= $2 ORDER BY revision DESC LIMIT 1
            """);
        _changes = _connection.Prepare($"SELECT {FilmRowReader.Columns}, at, by FROM changes WHERE revision > $1 ORDER BY revision LIMIT $2");
        _history = _connection.Prepare($"""
            SELECT {FilmRowReader.Columns}, at, by FROM changes WHERE sort_key = $1 AND revision < $2 ORDER BY revision DESC LIMIT $3
            """);
        _idempotency = new IdempotencyTable(_connection, epoch);
    }

    public FilmSnapshot Find(FilmId id)
    {
        using var row = _find.Bind(id.ToSortKey()).Query();
        row.Next();
        return new FilmSnapshot(row.IsNull(1) ? null : row.ReadFilm(_epoch, first: 1), new Revision(_epoch, row.Number(0)));
    }

    /// <summary>The film as it was at a revision; null when that revision is not kept.</summary>
    public FilmSnapshot? FindAsOf(FilmId id, Revision asOf) => InSnapshot<FilmSnapshot?>(counters =>
    {
        if (!new FeedBounds(counters.RemovedThrough, counters.Revision).Includes(asOf))
        {
            return null;
        }

        using var row = _asOf.With(id.ToSortKey(), asOf.Number).ExecuteReader();
        return new FilmSnapshot(row.Read() && !row.IsDBNull(1) ? row.ReadFilm(_epoch) : null, counters.Revision);
    });

    public ChangePage Changes(long after, int limit) => ReadPage(_changes.With(after, limit));

    public ChangePage History(FilmId id, long before, int limit) => ReadPage(_history.With(id.ToSortKey(), before, limit));

    /// <summary>What a write would come to now; stores nothing and waits for nobody.</summary>
    public FilmOutcome Preview(FilmWrite write, DateTimeOffset now) => InSnapshot(counters =>
    {
        if (write.Origin.IdempotencyKey is { } key && _idempotency.FindOutcome(write.Origin.By, key, now) is { } earlier)
        {
            return earlier;
        }

        var before = write.Id is null ? counters.SkipTaken(taken => Find(taken).Film) : counters;
        var id = write.Id ?? before.NextId;
        var current = write.Id is null ? null : Find(id).Film;
        return before.Settle(write.Decide(current), id, current).Outcome with { Revision = counters.Revision };
    });

    /// <summary>Begins a snapshot, which lasts until <see cref="EndSnapshot"/>.</summary>
    public Counters BeginSnapshot()
    {
        _begin.Run();
        return Counters.Read(_counters);
    }

    public void EndSnapshot() => _end.Run();

    /// <summary>Answers queries inside the snapshot.</summary>
    public FilmFinder Finder => new(_connection, _epoch);

    public bool HasMoreThan(long count) => _hasMore.With(count).ExecuteScalar() is not null;

    private ChangePage ReadPage(SqliteCommand command) => InSnapshot(counters =>
    {
        using var row = command.ExecuteReader();
        var items = new List<FilmChange>();
        while (row.Read())
        {
            items.Add(row.ReadChange(_epoch));
        }

        return new ChangePage(items, new FeedBounds(counters.RemovedThrough, counters.Revision));
    });

    private T InSnapshot<T>(Func<Counters, T> read)
    {
        var result = read(BeginSnapshot());
        EndSnapshot();
        return result;
    }

    public void Dispose()
    {
        _find.Dispose();
        _hasMore.Dispose();
        _counters.Dispose();
        _begin.Dispose();
        _end.Dispose();
        _asOf.Dispose();
        _changes.Dispose();
        _history.Dispose();
        _idempotency.Dispose();
        _connection.Dispose();
    }
}
