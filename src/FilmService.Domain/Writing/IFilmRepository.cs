using FilmService.Domain.Films;
using FilmService.Domain.Import;
using FilmService.Domain.Search;

namespace FilmService.Domain.Writing;

/// <summary>A film as one moment saw it.</summary>
/// <param name="Film">The film; null when there is none.</param>
/// <param name="Revision">The catalogue's revision at that moment.</param>
public readonly record struct FilmSnapshot(Film? Film, Revision Revision);

/// <summary>The answer to a <see cref="FilmQuery"/>, as one moment saw it. Dispose it to let the moment go.</summary>
public interface IFilmList : IAsyncDisposable
{
    /// <summary>The catalogue's revision at that moment.</summary>
    Revision Revision { get; }

    /// <summary>How many films match; null when the query does not ask.</summary>
    long? Count { get; }

    /// <summary>The place behind which the next page begins; null when there is none, or the query asks for no page.</summary>
    FilmPosition? MoreAfter { get; }

    /// <summary>The films, to be read once, in constant memory.</summary>
    IFilmReader Films { get; }
}

/// <summary>The catalogue's storage. Its answers are the truth at one moment, never parts of two.</summary>
/// <remarks>Every method throws <see cref="CatalogUnavailableException"/> when the database does not answer.</remarks>
public interface IFilmRepository
{
    /// <summary>The revision of the last change that was told to anybody.</summary>
    ValueTask<Revision> GetRevisionAsync(CancellationToken cancellationToken);

    /// <summary>Finds a film by its id.</summary>
    ValueTask<FilmSnapshot> FindAsync(FilmId id, CancellationToken cancellationToken);

    /// <summary>
    /// Finds a film as it was at a revision; its <see cref="FilmSnapshot.Revision"/> is the catalogue's now. Null when that
    /// revision is not one of this catalogue's, or no longer kept.
    /// </summary>
    Task<FilmSnapshot?> FindAsOfAsync(FilmId id, Revision asOf, CancellationToken cancellationToken);

    /// <summary>Finds films as they are at this moment, every answered write included.</summary>
    Task<IFilmList> ListAsync(FilmQuery query, CancellationToken cancellationToken);

    /// <summary>True when the catalogue has more films than this.</summary>
    Task<bool> HasMoreThanAsync(long count, CancellationToken cancellationToken);

    /// <summary>
    /// Reads, decides and writes as one atomic step, durable when it returns. A write that is under way
    /// when <paramref name="cancellationToken"/> fires is finished and told all the same.
    /// </summary>
    Task<FilmOutcome> WriteAsync(FilmWrite write, CancellationToken cancellationToken);

    /// <summary>
    /// Carries out all lines of an import, in order, as one atomic step, or none of them when one has a fault and its rules do
    /// not leave such lines out. For the rest it is as <see cref="WriteAsync"/>. One import is under way at a time.
    /// </summary>
    Task<ImportOutcome> ImportAsync(FilmImport import, CancellationToken cancellationToken);
}

/// <summary>The database is not responding; the request can be tried again later.</summary>
public sealed class CatalogUnavailableException(string message, Exception? innerException) : Exception(message, innerException);
