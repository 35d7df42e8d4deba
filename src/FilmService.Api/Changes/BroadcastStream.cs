using System.IO.Pipelines;

namespace FilmService.Api.Changes;

/// <summary>One open stream. Only the broadcast's own loop sends.</summary>
internal sealed class BroadcastStream(PipeWriter to, long position)
{
    private readonly TaskCompletionSource<long> _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private Task _lastWrite = Task.CompletedTask;
    private bool _isGone;

    public long Position { get; private set; } = position;

    /// <summary>Ends with the position when the stream has to read from the database.</summary>
    public Task<long> Left => _left.Task;

    public void Send(ReadOnlyMemory<byte> bytes, long position)
    {
        lock (_gate)
        {
            if (!_lastWrite.IsCompletedSuccessfully)
            {
                // The last bytes are not taken yet: it is too slow, or gone.
                _left.TrySetResult(Position);
            }
            else if (bytes.Length > 0 && !_isGone && !_left.Task.IsCompleted)
            {
                _lastWrite = to.WriteAsync(bytes).AsTask();
                Position = Math.Max(Position, position);
            }
        }
    }

    /// <summary>Nothing is sent from here on, even by a round that has begun; ends with the write that may still be under way.</summary>
    public Task Leave()
    {
        lock (_gate)
        {
            _isGone = true;
            return _lastWrite;
        }
    }
}
