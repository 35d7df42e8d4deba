using FilmService.Infrastructure.Caching;

namespace FilmService.Infrastructure.Sqlite.Search;

/// <summary>A reader with an open snapshot of the database. Dispose it to release the snapshot.</summary>
internal sealed class ReadSnapshot : IDisposable
{
    private readonly ReaderPool _readers;

    private ReadSnapshot(ReaderPool readers, SqliteReader reader)
    {
        (_readers, Reader) = (readers, reader);
        Head = reader.BeginSnapshot();
    }

    public SqliteReader Reader { get; }

    /// <summary>The head in the snapshot.</summary>
    public ProjectedHead Head { get; }

    /// <summary>Opens a snapshot of the current state.</summary>
    public static ReadSnapshot Open(ReaderPool readers)
    {
        var reader = readers.Rent();
        try
        {
            return new ReadSnapshot(readers, reader);
        }
        catch
        {
            readers.Discard(reader);
            throw;
        }
    }

    /// <summary>The snapshots of lists that are still being read.</summary>
    public HeldSnapshots Held => _readers.Held;

    public void Dispose()
    {
        // Otherwise the end of the snapshot could be interrupted as well.
        Reader.Work = ReadWork.Quick;
        try
        {
            Reader.EndSnapshot();
        }
        catch
        {
            Discard();
            throw;
        }

        _readers.Return(Reader);
    }

    /// <summary>Closes the reader after an error.</summary>
    public void Discard() => _readers.Discard(Reader);
}
