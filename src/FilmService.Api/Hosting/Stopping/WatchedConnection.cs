using System.IO.Pipelines;
using FilmService.Api.Http.Results;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace FilmService.Api.Hosting.Stopping;

/// <summary>
/// Notes since when a connection has been waiting for its client: to send more of a request, or to take more of a response. While
/// the service itself works on a request it waits for neither.
/// </summary>
internal sealed class WatchedConnection
{
    private readonly ConnectionContext _connection;
    private readonly WatchedReader _input;
    private readonly WatchedWriter _output;
    private long _endedAt;
    private long _taken;
    private long _progressAt;

    /// <summary>Puts itself between the server and the connection.</summary>
    public WatchedConnection(ConnectionContext connection)
    {
        _connection = connection;
        (_input, _output) = (new WatchedReader(connection.Transport.Input), new WatchedWriter(connection.Transport.Output));
        connection.Transport = new Duplex(_input, _output);
    }

    /// <summary>The server has done its part; the client may still have to take the last bytes.</summary>
    public void End() => Volatile.Write(ref _endedAt, Environment.TickCount64);

    /// <summary>Aborts the connection if it has been waiting for its client for that long.</summary>
    public void CutIfStalled(TimeSpan max)
    {
        NoteProgress();
        if (IsOver(SinceProgress(_output.WaitsSince), max) || IsOver(SinceProgress(Volatile.Read(ref _endedAt)), max) || (IsOver(_input.WaitsSince, max) && !IsMultiplexed))
        {
            _connection.Abort(new ConnectionAbortedException("The client made no progress while the service was stopping."));
        }
    }

    // HTTP/2 always waits for the next frame, also while a request is being worked on.
    private bool IsMultiplexed => _connection.Features.Get<ITlsApplicationProtocolFeature>()?.ApplicationProtocol.Span.SequenceEqual("h2"u8) is true;

    private void NoteProgress()
    {
        var taken = TakenBytes.Of(_connection.Features);
        if (taken != _taken)
        {
            (_taken, _progressAt) = (taken, Environment.TickCount64);
        }
    }

    // A slow client may have taken bytes that the server has handed over long ago.
    private long SinceProgress(long since) => since == 0 ? 0 : Math.Max(since, _progressAt);

    private static bool IsOver(long since, TimeSpan max) => since != 0 && Environment.TickCount64 - since >= max.TotalMilliseconds;

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}

/// <summary>Notes since when a read has been waiting. Whoever reads always says next how far it has come.</summary>
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
