using System.IO.Pipelines;

namespace FilmService.Api.Hosting.Stopping;

/// <summary>Notes since when a read has been waiting. A reader always reports next how far it has come.</summary>
internal sealed class WatchedReader(PipeReader inner) : PipeReader
{
    private long _since;

    /// <summary>In milliseconds, as <see cref="Environment.TickCount64"/>; 0 if no read is waiting.</summary>
    public long WaitsSince => Volatile.Read(ref _since);

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        Volatile.Write(ref _since, Environment.TickCount64);
        return inner.ReadAsync(cancellationToken);
    }

    public override bool TryRead(out ReadResult result) => inner.TryRead(out result);

    public override void AdvanceTo(SequencePosition consumed)
    {
        Volatile.Write(ref _since, 0);
        inner.AdvanceTo(consumed);
    }

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        Volatile.Write(ref _since, 0);
        inner.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);
}

/// <summary>Notes since when a write has been waiting for the client to read.</summary>
internal sealed class WatchedWriter(PipeWriter inner) : PipeWriter
{
    private long _since;

    /// <inheritdoc cref="WatchedReader.WaitsSince"/>
    public long WaitsSince => Volatile.Read(ref _since);

    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes;

    public override void Advance(int bytes) => inner.Advance(bytes);

    public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => Watch(inner.FlushAsync(cancellationToken));

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default) =>
        Watch(inner.WriteAsync(source, cancellationToken));

    private ValueTask<FlushResult> Watch(ValueTask<FlushResult> flush) => flush.IsCompleted ? flush : WaitAsync(flush);

    private async ValueTask<FlushResult> WaitAsync(ValueTask<FlushResult> flush)
    {
        Volatile.Write(ref _since, Environment.TickCount64);
        try
        {
            return await flush;
        }
        finally
        {
            Volatile.Write(ref _since, 0);
        }
    }
}
