using FilmService.Infrastructure.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite.Search;

/// <summary>
/// Keeps <c>film_search</c>, the films as they are searched and sorted, and the index of each film's changes, on the writing
/// connection. Their pages would make a write cost several times what it costs, so they follow the changes: in batches, and
/// before a query that needs them.
/// </summary>
internal sealed class SearchIndex : IDisposable
{
    /// <summary>
    /// How many changes wait at most for a query to ask or the writer to be idle, and are taken at once. Together they change
    /// each page of the indexes once: in batches of a tenth, a busy writer would spend more on the indexes than on the writes.
    /// </summary>
    public const int Batch = 32_768;

    private readonly SqliteCommand _remove;
    private readonly SqliteCommand _save;
    private readonly SqliteCommand _addToHistory;
    private readonly SqliteCommand _mark;

    public SearchIndex(SqliteConnection connection)
    {
        _remove = connection.Prepare("""
            DELETE FROM film_search
            WHERE sort_key IN (SELECT sort_key FROM changes WHERE revision > $1 AND revision <= $2 AND name IS NULL)
                AND NOT EXISTS (SELECT 1 FROM films WHERE films.sort_key = film_search.sort_key)
            """);

        // A film that has changed again since is taken as it is now; the later change then finds nothing to do.
        _save = connection.Prepare("""
            INSERT INTO film_search (sort_key, id, name, folded_name, year, month, revision)
            SELECT sort_key, id, name, folded_name, year, ifnull(month, 0), revision FROM films
            WHERE sort_key IN (SELECT sort_key FROM changes WHERE revision > $1 AND revision <= $2)
            ON CONFLICT (sort_key) DO UPDATE SET
                name = excluded.name, folded_name = excluded.folded_name, year = excluded.year, month = excluded.month, revision = excluded.revision
            WHERE revision <> excluded.revision
            """);
        _addToHistory = connection.Prepare("UPDATE changes SET indexed = 1 WHERE revision > $1 AND revision <= $2 AND indexed = 0");
        _mark = connection.Prepare("UPDATE revision SET indexed_through = $1");
    }

    /// <summary>
    /// Takes in the changes behind one number up to another, which the films have already, inside the caller's transaction;
    /// returns the latter.
    /// </summary>
    public long CatchUp(long after, long through)
    {
        for (var (from, to) = (after, Math.Min(after + Batch, through)); from < through; (from, to) = (to, Math.Min(to + Batch, through)))
        {
            _remove.With(from, to).ExecuteNonQuery();
            _save.With(from, to).ExecuteNonQuery();
            _addToHistory.With(from, to).ExecuteNonQuery();
        }

        _mark.With(through).ExecuteNonQuery();
        return through;
    }

    public void Dispose()
    {
        _remove.Dispose();
        _save.Dispose();
        _addToHistory.Dispose();
        _mark.Dispose();
    }
}
