using FilmService.Domain.Writing;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>How the statements of one query are run: where, and for how long.</summary>
internal sealed class ReadWork
{
    /// <summary>On the caller's thread and without a limit, for a query that reads few films.</summary>
    public static readonly ReadWork Quick = new();

    private readonly ReaderThreads? _threads;
    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly CancellationToken _cancellationToken;
    private TimeSpan _time;
    private long _begun;
    private long _sortedBytes;

    private ReadWork()
    {
    }

    /// <param name="threads">Where it runs.</param>
    /// <param name="time">The time it has, in which it is running.</param>
    /// <param name="clock">Measures the time.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public ReadWork(ReaderThreads threads, TimeSpan time, TimeProvider clock, CancellationToken cancellationToken) =>
        (_threads, _time, _clock, _cancellationToken, Limit) = (threads, time, clock, cancellationToken, time);

    /// <summary>How many bytes it may sort. SQLite moves most of them to temporary files.</summary>
    public long MaxSortedBytes { get; init; } = long.MaxValue;

    private TimeSpan Limit { get; }

    private bool IsTooLarge => _sortedBytes > MaxSortedBytes;

    /// <summary>True if a running statement must end. The connection's progress handler asks this.</summary>
    public bool IsOver => _threads is not null && (IsTooLarge || _cancellationToken.IsCancellationRequested || _clock.GetElapsedTime(_begun) > _time);

    /// <summary>Counts the bytes of a row that is sorted; always true, for a condition.</summary>
    public bool Sort(long bytes)
    {
        // The quick one is everybody's.
        _sortedBytes += _threads is null ? 0 : bytes;
        return true;
    }

    /// <exception cref="QueryTimeoutException">The time is over.</exception>
    /// <exception cref="QueryTooLargeException">It sorts more than it may.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<T> RunAsync<T>(Func<T> work) => _threads is null ? Task.FromResult(work()) : _threads.RunAsync(() => Run(work));

    /// <inheritdoc cref="RunAsync{T}"/>
    public ValueTask RunAsync(Func<ValueTask> work) => _threads is null ? work() : new(RunAsync(() =>
    {
        work().AsTask().GetAwaiter().GetResult();
        return true;
    }));

    private T Run<T>(Func<T> work)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (_time < TimeSpan.Zero)
        {
            throw new QueryTimeoutException(Limit);
        }

        _begun = _clock.GetTimestamp();
        try
        {
            return work();
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            throw IsTooLarge ? new QueryTooLargeException(MaxSortedBytes) : new QueryTimeoutException(Limit);
        }
        finally
        {
            _time -= _clock.GetElapsedTime(_begun);
        }
    }
}
