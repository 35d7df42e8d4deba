using FilmService.Domain.Films;
using FilmService.Domain.Import;
using FilmService.Domain.Search;

namespace FilmService.Domain.Writing;

/// <summary>A film in a consistent snapshot. The film is null if it does not exist; the revision is the catalogue's.</summary>
public readonly record struct FilmSnapshot(Film? Film, Revision Revision);

/// <summary>The result of a <see cref="FilmQuery"/>, in a consistent snapshot, while <see cref="IFilmRepository.ListAsync"/> runs.</summary>
public interface IFilmList
{
    /// <summary>The catalogue's revision in the snapshot.</summary>
    Revision Revision { get; }

    /// <summary>The number of matches; null if the query does not ask for it.</summary>
    long? Count { get; }

    /// <summary>The number of matches of each month that has any; null if the query does not ask for it.</summary>
    IReadOnlyList<ReleaseCount>? Releases { get; }

    /// <summary>The position after which the next page begins; null if there is none, or the query is not paginated.</summary>
    FilmPosition? NextPosition { get; }

    /// <summary>The films, which can be read once, in constant memory. Read them inside <see cref="ReadAsync"/>.</summary>
    IFilmReader Films { get; }

    /// <summary>Cancelled when the snapshot should be released soon: read the rest without waiting for a client.</summary>
    CancellationToken ReleaseRequested { get; }

    /// <summary>Runs work that reads films, on a thread that it may occupy.</summary>
    /// <exception cref="QueryTimeoutException">The time for the query is over.</exception>
    ValueTask ReadAsync(Func<ValueTask> work);

    /// <summary>Releases the snapshot early, once the films have been read.</summary>
    void Release();
}

/// <summary>The catalogue's storage. Every result is a consistent snapshot.</summary>
/// <remarks>Every method throws <see cref="CatalogUnavailableException"/> if the database does not respond.</remarks>
public interface IFilmRepository
{
    /// <summary>The revision of the last change that anybody has been shown.</summary>
    ValueTask<Revision> GetRevisionAsync(CancellationToken cancellationToken);

    ValueTask<FilmSnapshot> FindAsync(FilmId id, CancellationToken cancellationToken);

    /// <summary>
    /// Finds a film as it was at a revision; its <see cref="FilmSnapshot.Revision"/> is the catalogue's current one. Null if the
    /// revision belongs to another catalogue or is no longer kept.
    /// </summary>
    Task<FilmSnapshot?> FindAsOfAsync(FilmId id, Revision asOf, CancellationToken cancellationToken);

    /// <summary>
    /// Finds films in the current state, which includes every acknowledged write, or as they were at a revision. The list is open while <paramref name="read"/>
    /// runs, and closed whatever its outcome. If <paramref name="cancellationToken"/> fires, the database stops working on it.
    /// </summary>
    /// <param name="time">
    /// How long the database may work on the query; null for one that reads few films and needs no thread of its own.
    /// </param>
    /// <exception cref="QueryTimeoutException">The time is over.</exception>
    /// <exception cref="QueryTooLargeException">It sorts more than it may.</exception>
    /// <exception cref="RevisionNotKeptException">The query asks for a revision that is not kept.</exception>
    Task<T> ListAsync<T>(FilmQuery query, TimeSpan? time, Func<IFilmList, Task<T>> read, CancellationToken cancellationToken);

    /// <summary>True if the catalogue has more films than this.</summary>
    ValueTask<bool> HasMoreThanAsync(long count, CancellationToken cancellationToken);

    /// <summary>
    /// Reads, decides and writes in one atomic step, durable when it returns. If <paramref name="cancellationToken"/> fires
    /// during the write, the write is completed and its outcome returned all the same.
    /// </summary>
    Task<FilmOutcome> WriteAsync(FilmWrite write, CancellationToken cancellationToken);

    /// <summary>
    /// Applies all lines of an import, in order, in one atomic step, or none of them if one is invalid and the options do not
    /// skip such lines. Otherwise like <see cref="WriteAsync"/>. Only one import runs at a time.
    /// </summary>
    Task<ImportOutcome> ImportAsync(FilmImport import, CancellationToken cancellationToken);

    /// <summary>
    /// Stages the lines of a restore from a snapshot, and applies them like <see cref="ImportAsync"/>, together with what was changed
    /// meanwhile.
    /// </summary>
    /// <param name="import">The staged lines.</param>
    Task<ImportOutcome> RestoreAsync(CatalogRestore restore, FilmImport import, CancellationToken cancellationToken);
}

/// <summary>The database is not responding; the request can be retried later.</summary>
public sealed class CatalogUnavailableException(string message, Exception? innerException) : Exception(message, innerException);

/// <summary>The revision belongs to another catalogue, is in the future, or is no longer kept.</summary>
/// <param name="now">The catalogue's revision.</param>
public sealed class RevisionNotKeptException(Revision asked, Revision now) : Exception($"Revision {asked} is not kept.")
{
    public Revision Asked => asked;

    public Revision Now => now;
}

/// <summary>The database has worked on a query for as long as it may.</summary>
public sealed class QueryTimeoutException(TimeSpan time) : Exception($"The database has worked on the query for {time}.")
{
    public TimeSpan Time => time;
}

/// <summary>The films of a query are more than the database may sort.</summary>
public sealed class QueryTooLargeException(long bytes) : Exception($"The database has sorted {bytes} bytes of the query.")
{
    public long Bytes => bytes;
}
