using FilmService.Domain.Import;
using FilmService.Domain.Writing;

namespace FilmService.Infrastructure.Writing;

/// <summary>What a database implements so that films can be written to it.</summary>
/// <remarks>Every method of it and of its transactions throws <see cref="CatalogUnavailableException"/> if the database does not answer.</remarks>
internal interface ICatalogDatabase
{
    /// <summary>Begins a transaction for a batch of writes. One is under way at a time in this process, others may be in others.</summary>
    ValueTask<ICatalogTransaction> BeginAsync();

    /// <summary>Begins a transaction for an import. Lines that the database wants to stage are sent here, before others have to wait.</summary>
    ValueTask<ICatalogTransaction> BeginImportAsync(FilmImport import);

    /// <summary>Begins a dry run on a snapshot. It waits for nobody, and nobody for it.</summary>
    ValueTask<ICatalogPreview> BeginPreviewAsync(CancellationToken cancellationToken);
}

/// <summary>The catalogue as one moment sees it, and what has been appended to it since. Disposing takes that back.</summary>
internal interface ICatalogPreview : IAsyncDisposable
{
    /// <summary>Loads what a batch needs, including what has been appended, in one round trip.</summary>
    ValueTask<LoadedCatalog> LoadAsync(BatchNeeds needs);

    /// <summary>
    /// Adds what a batch came to. It is called even if that is nothing: an outcome told again for its key must be as durable as
    /// the first time. May be sent with the next call.
    /// </summary>
    ValueTask AppendAsync(CatalogAppend append);
}

/// <summary>A preview that can become true. From its first load on, nobody else changes the catalogue.</summary>
internal interface ICatalogTransaction : ICatalogPreview
{
    /// <summary>Makes what was appended durable, and then visible. It cannot be cancelled: what is under way is finished and told.</summary>
    ValueTask CommitAsync();
}

/// <summary>The steps of a transaction.</summary>
internal static class CatalogTransactions
{
    /// <summary>Loads what writes need and decides them.</summary>
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
