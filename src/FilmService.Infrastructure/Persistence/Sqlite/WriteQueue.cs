using System.Collections.Concurrent;
using FilmService.Domain.Films;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Persistence.Sqlite;

/// <summary>
/// Group commit: writes that wait at the same time are committed together by one thread, so that one fsync pays
/// for all of them. Each is decided and answered on its own.
/// </summary>
internal sealed class WriteQueue : IDisposable
{
    private const int MaxWaiting = 10_000;
    private const int MaxBatch = 256;

    private readonly BlockingCollection<PendingWrite> _waiting = new(MaxWaiting);
    private readonly SqliteWriter _writer;
    private readonly Thread _thread;

    public WriteQueue(SqliteWriter writer)
    {
        _writer = writer;
        _thread = new Thread(CommitWaiting) { Name = "film writer" };
        _thread.Start();
    }

    /// <summary>
    /// Waits for the write's outcome. A write that is cancelled before it is begun never happens; one that is begun is told.
    /// </summary>
    public Task<FilmOutcome> EnqueueAsync(FilmWrite write, CancellationToken cancellationToken)
    {
        var pending = new PendingWrite(write, cancellationToken);
        return _waiting.TryAdd(pending, 0, CancellationToken.None)
            ? pending.Task
            : throw new CatalogUnavailableException("Too many writes wait.", null);
    }

    private void CommitWaiting()
    {
        var batch = new List<PendingWrite>(MaxBatch);
        foreach (var first in _waiting.GetConsumingEnumerable())
        {
            for (var next = first; next is not null; next = batch.Count < MaxBatch && _waiting.TryTake(out var taken) ? taken : null)
            {
                if (!next.IsCancelled)
                {
                    batch.Add(next);
                }
            }

            Commit(batch);
            batch.Clear();
        }
    }

    private void Commit(List<PendingWrite> batch)
    {
        if (batch.Count == 0)
        {
            return;
        }

        try
        {
            var outcomes = _writer.Commit(batch.ConvertAll(pending => pending.Write));
            for (var i = 0; i < outcomes.Length; i++)
            {
                batch[i].SetResult(outcomes[i]);
            }
        }
        catch (SqliteException exception)
        {
            batch.ForEach(pending => pending.SetException(new CatalogUnavailableException("The database does not take writes.", exception)));
        }
        catch (Exception exception) when (batch.Count == 1)
        {
            batch[0].SetException(exception);
        }
        catch (Exception)
        {
            // One decision failed and took all back: alone, each of the others succeeds.
            batch.ForEach(pending => Commit([pending]));
        }
    }

    /// <summary>Takes no more writes, finishes those that wait, and closes the writer.</summary>
    public void Dispose()
    {
        _waiting.CompleteAdding();
        _thread.Join();
        _waiting.Dispose();
        _writer.Dispose();
    }

    private sealed class PendingWrite(FilmWrite write, CancellationToken cancellationToken)
        : TaskCompletionSource<FilmOutcome>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public FilmWrite Write => write;

        /// <summary>True, and told to the caller, when nobody waits for the write any more.</summary>
        public bool IsCancelled => cancellationToken.IsCancellationRequested && TrySetCanceled(cancellationToken);
    }
}
