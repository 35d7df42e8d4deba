using System.Collections.Concurrent;
using System.IO.Pipelines;
using FilmService.Api.Http.Results;
using Microsoft.AspNetCore.Connections;

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
    private readonly ConcurrentDictionary<WatchedRequest, bool> _multiplexed = new();
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

    /// <summary>
    /// An HTTP/2 request is watched by itself: its connection always waits for the next frame, also while a request is being worked on.
    /// </summary>
    public void Add(WatchedRequest request) => _multiplexed[request] = true;

    /// <summary>The request has ended.</summary>
    public void Remove(WatchedRequest request) => _multiplexed.TryRemove(request, out _);

    /// <summary>Aborts the connection, or its HTTP/2 requests, that have been waiting for the client for that long.</summary>
    public void CutIfStalled(TimeSpan max)
    {
        NoteProgress();
        if (IsOver(SinceProgress(_output.WaitsSince), max) || IsOver(SinceProgress(Volatile.Read(ref _endedAt)), max) || (IsOver(_input.WaitsSince, max) && _multiplexed.IsEmpty))
        {
            _connection.Abort(new ConnectionAbortedException("The client made no progress while the service was stopping."));
            return;
        }

        // The server keeps the connection of a reset stream open; it is aborted above, when no request is left.
        foreach (var request in _multiplexed.Keys.Where(request => IsOver(request.WaitsToRead, max) || IsOver(SinceProgress(request.WaitsToWrite), max)))
        {
            request.Abort();
        }
    }

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
