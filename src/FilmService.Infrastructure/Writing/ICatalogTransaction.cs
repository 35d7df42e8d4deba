using FilmService.Domain.Import;
using FilmService.Domain.Writing;

namespace FilmService.Infrastructure.Writing;

/// <summary>The interface that a database implements so that films can be written to it.</summary>
/// <remarks>
/// Every method of it and of its transactions throws <see cref="CatalogUnavailableException"/> if the database does not respond.
/// </remarks>
internal interface ICatalogDatabase
{
    /// <summary>
    /// Begins a transaction for a batch of writes. This process has only one open at a time; other processes may have others.
    /// </summary>
    ValueTask<ICatalogTransaction> BeginAsync();

    /// <summary>
    /// Begins a transaction for an import. Lines that the database stages are sent here, before others have to wait.
    /// </summary>
    ValueTask<ICatalogTransaction> BeginImportAsync(FilmImport import);

    /// <summary>Begins a dry run on a snapshot. It waits for nobody, and nobody waits for it.</summary>
    ValueTask<ICatalogPreview> BeginPreviewAsync(CancellationToken cancellationToken);
}

/// <summary>A snapshot of the catalogue with what has been appended to it since. Disposing it rolls that back.</summary>
internal interface ICatalogPreview : IAsyncDisposable
{
    /// <summary>Loads what a batch needs, including what has been appended, in one round trip.</summary>
    ValueTask<LoadedCatalog> LoadAsync(BatchNeeds needs);

    /// <summary>
    /// Appends the result of a batch. It is called even if that is empty: an outcome replayed for its key must be as durable as
    /// the first time. It may be sent along with the next call.
    /// </summary>
    ValueTask AppendAsync(CatalogAppend append);

    /// <summary>
    /// After the last line of an import: how many of the films that it created have the name and year of another. A dry run compares
    /// only the first of very many films that have one name.
    /// </summary>
    ValueTask<long> CountDuplicatesAsync();
}

/// <summary>A preview that can be committed. From its first load on, nobody else changes the catalogue.</summary>
internal interface ICatalogTransaction : ICatalogPreview
{
    /// <summary>The lines for films that were changed since a restore was staged, and not before. Call it before appending.</summary>
    ValueTask<IReadOnlyList<ImportLine>> ReadLateAsync(CatalogRestore restore);

    /// <summary>
    /// Makes the appended data durable, and then visible. It cannot be cancelled: once started, it is completed and its outcome
    /// reported.
    /// </summary>
    ValueTask CommitAsync();
}

internal static class CatalogTransactions
{
    /// <summary>Loads the data that writes need, and decides them.</summary>
    public static async ValueTask<BatchResult> DecideAsync(this ICatalogPreview catalog, IReadOnlyList<FilmWrite> writes, DateTimeOffset now)
    {
        var result = WriteBatch.Decide(writes, await catalog.LoadAsync(WriteBatch.Needs(writes)), now);
        while (result.StillNeeds is { } needs)
        {
            result = WriteBatch.Decide(writes, await catalog.LoadAsync(needs), now);
        }

        return result;
    }

    /// <summary>Loads, decides, appends and commits.</summary>
    public static async ValueTask<IReadOnlyList<WriteResult>> WriteAsync(this ICatalogTransaction catalog, IReadOnlyList<FilmWrite> writes, DateTimeOffset now)
    {
        var result = await catalog.DecideAsync(writes, now);
        await catalog.AppendAsync(result.Append);
        await catalog.CommitAsync();
        return result.Results;
    }
}
