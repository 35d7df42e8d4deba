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

    private ReadWork()
    {
    }

    /// <param name="threads">Where it runs.</param>
    /// <param name="time">The time it has, in which it is running.</param>
    /// <param name="clock">Measures the time.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public ReadWork(ReaderThreads threads, TimeSpan time, TimeProvider clock, CancellationToken cancellationToken) =>
        (_threads, _time, _clock, _cancellationToken, Limit) = (threads, time, clock, cancellationToken, time);

    private TimeSpan Limit { get; }

    /// <summary>True if a running statement must end. The connection's progress handler asks this.</summary>
    public bool IsOver => _threads is not null && (_cancellationToken.IsCancellationRequested || _clock.GetElapsedTime(_begun) > _time);

    /// <exception cref="QueryTimeoutException">The time is over.</exception>
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
            throw new QueryTimeoutException(Limit);
        }
        finally
        {
            _time -= _clock.GetElapsedTime(_begun);
        }
    }
}
