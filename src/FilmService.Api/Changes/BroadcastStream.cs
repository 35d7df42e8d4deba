using System.IO.Pipelines;

namespace FilmService.Api.Changes;

/// <summary>One open stream. Only the broadcast's own loop sends to it.</summary>
internal sealed class BroadcastStream(PipeWriter to, long position)
{
    private readonly TaskCompletionSource<long> _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private Task _lastWrite = Task.CompletedTask;
    private bool _isGone;

    public long Position { get; private set; } = position;

    /// <summary>Completes with the stream's position once the stream has to read from the database.</summary>
    public Task<long> Left => _left.Task;

    public void Send(ReadOnlyMemory<byte> bytes, long position)
    {
        lock (_gate)
        {
            if (!_lastWrite.IsCompletedSuccessfully)
            {
                // The previous bytes have not been sent yet: the client is too slow, or gone.
                _left.TrySetResult(Position);
            }
            else if (bytes.Length > 0 && !_isGone && !_left.Task.IsCompleted)
            {
                _lastWrite = to.WriteAsync(bytes).AsTask();
                Position = Math.Max(Position, position);
            }
        }
    }

    /// <summary>
    /// Stops sending, even within a round that has started; completes with the write that may still be in progress.
    /// </summary>
    public Task Leave()
    {
        lock (_gate)
        {
            _isGone = true;
            return _lastWrite;
        }
    }
}
