using System.Diagnostics;
using FilmService.Domain.Import;
using FilmService.Domain.Writing;

namespace FilmService.Infrastructure.Writing;

/// <summary>
/// The entry point for all writes to a database: queued and committed in groups, or run immediately if they are dry runs.
/// </summary>
internal sealed class CatalogWriter : IDisposable
{
    private const int MaxWaiting = 10_000;

    private readonly BatchQueue<IQueuedWork> _queue = new(MaxWaiting);
    private readonly ICatalogDatabase _database;
    private readonly TimeProvider _clock;
    private readonly ImportExecutor _imports;
    private readonly QueueTimeout _timeout;
    private readonly GroupCommitter _committer;

    /// <inheritdoc cref="GroupCommitter(BatchQueue{IQueuedWork}, ICatalogDatabase, IProjection?, TimeProvider)"/>
    public CatalogWriter(ICatalogDatabase database, IProjection? projection, TimeProvider clock)
    {
        (_database, _clock) = (database, clock);
        _imports = new ImportExecutor(database, clock);
        _timeout = new QueueTimeout(_queue, clock);
        _committer = new GroupCommitter(_queue, database, projection, clock);
    }

    /// <inheritdoc cref="IFilmRepository.WriteAsync"/>
    public Task<FilmOutcome> WriteAsync(FilmWrite write, CancellationToken cancellationToken) => write.Origin.DryRun
        ? PreviewAsync(write, cancellationToken)
        : EnqueueAsync(new QueuedWrite(write, _clock.GetTimestamp(), cancellationToken));

    /// <inheritdoc cref="IFilmRepository.ImportAsync"/>
    public Task<ImportOutcome> ImportAsync(FilmImport import, CancellationToken cancellationToken) => import.Origin.DryRun
        ? _imports.PreviewAsync(import, cancellationToken)
        : EnqueueImportAsync(import, MeasuredCommit.CurrentRequest, cancellationToken);

    /// <summary>The number of writes, and of other work, that wait for their turn.</summary>
    public int Queued => _queue.Count;

    /// <summary>Runs other work in its turn, while there is no open transaction.</summary>
    public Task<T> RunAsync<T>(Func<ValueTask<T>> work, CancellationToken cancellationToken) =>
        EnqueueAsync(new QueuedTask<T>(work, _clock.GetTimestamp(), cancellationToken));

    private async Task<FilmOutcome> PreviewAsync(FilmWrite write, CancellationToken cancellationToken)
    {
        await using var preview = await _database.BeginPreviewAsync(cancellationToken);
        var result = (await preview.DecideAsync([write], _clock.GetUtcNow())).Results[0];
        return result.Failure is null ? result.Outcome! : throw result.Failure;
    }

    private Task<ImportOutcome> EnqueueImportAsync(FilmImport import, ActivityContext request, CancellationToken cancellationToken) => RunAsync(
        async () =>
        {
            using var watch = _timeout.Watch();
            return await _imports.RunAsync(import, request);
        },
        cancellationToken);

    private Task<T> EnqueueAsync<T>(QueuedWork<T> work) => _queue.TryAdd(work)
        ? work.Task
        : throw new CatalogUnavailableException("Too many writes are queued.", null);

    /// <summary>Accepts no more work, and completes what is queued.</summary>
    public void Dispose() => _committer.Dispose();
}
