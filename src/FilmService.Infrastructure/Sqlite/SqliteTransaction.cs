using FilmService.Domain.Films;
using FilmService.Domain.Import;
using FilmService.Domain.Writing;
using FilmService.Infrastructure.Audit;
using FilmService.Infrastructure.Caching;
using FilmService.Infrastructure.Sqlite.Native;
using FilmService.Infrastructure.Sqlite.Projection;
using FilmService.Infrastructure.Writing;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>
/// The transaction on the writing connection. Changes, head and idempotency records are written together, so a crash leaves all
/// or none of them. The read model follows later, except for an import, which projects its own changes.
/// </summary>
/// <param name="films">The state as of the last commit.</param>
/// <param name="signal">Advanced after a commit.</param>
/// <param name="import">The connection's configuration for an import; null for a batch of writes.</param>
internal sealed class SqliteTransaction(WriterTables tables, FilmCache films, ChangeSignal signal, SqliteImport? import) : ICatalogTransaction
{
    /// <summary>Told if the read model turns out to be damaged.</summary>
    public required ReadModelDamage Damage { get; init; }

    public required KeyClock Keys { get; init; }

    private CatalogHead _head = films.Committed.Catalog;
    private bool _isCommitted;

    public ValueTask<LoadedCatalog> LoadAsync(BatchNeeds needs) => new(tables.Space.Translate(() => BatchLoader.Load(needs, _head, Keys.Now, Find, tables.Idempotency.Find, tables.Films.FindNamed)));

    public ValueTask AppendAsync(CatalogAppend append) => tables.Space.Translate(() => Append(append));

    public ValueTask<long> CountDuplicatesAsync() => new(tables.Space.Translate(() => import?.CountDuplicates() ?? 0));

    public ValueTask<IReadOnlyList<ImportLine>> ReadLateAsync(CatalogRestore restore) => new(tables.Space.Translate<IReadOnlyList<ImportLine>>(() =>
        [.. RestoreLines.Read(tables.Connection, restore, restore.StagedThrough!.Value, _head.Revision.Number)]));

    public ValueTask CommitAsync() => tables.Space.Translate(Commit);

    private Film? Find(FilmId id) =>
        import is null && films.TryFindLast(id, out var film) ? film
        : import is not null && IsNew(id, _head.LastGeneratedId) ? null
        : FindInTable(id);

    private Film? FindInTable(FilmId id)
    {
        try
        {
            return Damage.IsNoted ? tables.Changes.FindLast(id) : tables.Films.Find(id);
        }
        catch (SqliteException exception) when (Damage.Note(exception))
        {
            // SQLite writes nothing more in this transaction. The next one reads the changes.
            throw;
        }
    }

    // Every integer id of a film is counted, so no film has a greater one.
    private static bool IsNew(FilmId id, long lastId) => id.WholeNumber > lastId;

    private void Append(CatalogAppend append)
    {
        var lastId = _head.LastGeneratedId;
        foreach (var change in append.Changes)
        {
            tables.Changes.Add(change, isIndexed: import is not null);
            if (import is not null)
            {
                tables.Films.Save(change.Id, change.ToFilm(), IsNew(change.Id, lastId));
                lastId = Math.Max(lastId, change.Id.WholeNumber ?? 0);
            }
        }

        foreach (var record in append.Records)
        {
            tables.Idempotency.Save(record);
        }

        foreach (var audit in append.Audit)
        {
            tables.Connection.Record(audit);
        }

        if (append.Head != _head)
        {
            tables.Head.Save(append.Head);
        }

        _head = append.Head;
        if (import is null)
        {
            films.Stage(append.Changes);
        }
    }

    private void Commit()
    {
        long? checkpoint = null;
        import?.Complete();
        if (import is not null && _head != films.Committed.Catalog)
        {
            checkpoint = _head.Revision.Number;
            tables.Films.Advance(films.Committed.Checkpoint, _head.Revision.Number);
            films.StageImport();
        }

        tables.Connection.Execute("COMMIT");
        _isCommitted = true;
        tables.Space.NoteWrite();
        films.Publish(_head, checkpoint);
        signal.Advance(_head.Revision.Number);
    }

    public ValueTask DisposeAsync() => tables.Space.Translate(() =>
    {
        if (!_isCommitted)
        {
            films.Publish(films.Committed.Catalog);
            tables.Connection.RollBack();
        }

        import?.Dispose();
    });
}
