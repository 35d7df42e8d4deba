using FilmService.Domain.Changes;
using FilmService.Infrastructure.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>Searches a bounded number of changes, on one connection and inside a snapshot.</summary>
internal sealed class ChangeScan(SqliteConnection connection, string epoch) : IDisposable
{
    private readonly SqliteCommand _first = connection.Prepare("SELECT ifnull(min(revision), 0) FROM changes");
    private readonly SqliteCommand _forwards = connection.Prepare(Select("revision > $1 AND revision <= $2", "revision"));
    private readonly SqliteCommand _backwards = connection.Prepare(Select("revision < $1 AND revision >= $2", "revision DESC"));

    public FoundChanges Read(ChangeSearch search, FeedBounds bounds) => search.IsBackwards ? Backwards(search, bounds) : Forwards(search, bounds);

    private FoundChanges Forwards(ChangeSearch search, FeedBounds bounds)
    {
        var end = Math.Max(search.From, Math.Min(search.From + ChangeSearch.MaxExamined, bounds.Now.Number));
        var items = _forwards.With(search.From, end, search.By, search.Limit).ReadChanges(epoch);
        return new FoundChanges(items, bounds, items.Count == search.Limit ? items[^1].Revision.Number : end);
    }

    private FoundChanges Backwards(ChangeSearch search, FeedBounds bounds)
    {
        // Only numbers that exist are looked at.
        var from = Math.Min(search.From, bounds.Now.Number + 1);
        var end = Math.Max(from - ChangeSearch.MaxExamined, 1);
        var items = _backwards.With(from, end, search.By, search.Limit).ReadChanges(epoch);
        var reached = items.Count == search.Limit ? items[^1].Revision.Number : end;
        return new FoundChanges(items, bounds, reached > (long)_first.ExecuteScalar()! ? reached : null);
    }

    private static string Select(string range, string order) =>
        $"SELECT {FilmRowReader.ChangeColumns} FROM changes WHERE {range} AND ($3 IS NULL OR by = $3) ORDER BY {order} LIMIT $4";

    public void Dispose()
    {
        _first.Dispose();
        _forwards.Dispose();
        _backwards.Dispose();
    }
}
