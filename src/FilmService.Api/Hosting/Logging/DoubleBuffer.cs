using System.Buffers;
using Serilog.Debugging;

namespace FilmService.Api.Hosting.Logging;

/// <summary>
/// Double buffering: callers add lines to one buffer while a thread writes the other to the output, every 10 ms. Nobody waits for
/// the output. If it is slower than the lines for so long that the buffer is full, further lines are dropped and counted
/// (docs/decisions/0025-log-lines-are-dropped.md).
/// </summary>
internal sealed class DoubleBuffer : IDisposable
{
    /// <summary>About 70,000 requests' lines.</summary>
    public const int MaxBytes = 16 << 20;

    private const int KeptBytes = 1 << 20;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxClosing = TimeSpan.FromSeconds(5);

    private readonly Stream _output;
    private readonly Func<long, byte[]> _droppedLine;
    private readonly object _gate = new();
    private readonly Thread _writer;
    private ArrayBufferWriter<byte> _filling = new(64 << 10);
    private ArrayBufferWriter<byte> _writing = new(64 << 10);
    private long _dropped;
    private bool _isClosing;

    /// <param name="output">Its writes may block.</param>
    /// <param name="droppedLine">The line that tells how many were dropped.</param>
    public DoubleBuffer(Stream output, Func<long, byte[]> droppedLine)
    {
        (_output, _droppedLine) = (output, droppedLine);
        _writer = new(WriteAll) { IsBackground = true, Name = "log" };
        _writer.Start();
    }

    /// <summary>Adds a line; returns false if the buffer is full.</summary>
    public bool TryAdd(ReadOnlySpan<byte> line)
    {
        lock (_gate)
        {
            if (_filling.WrittenCount + line.Length > MaxBytes)
            {
                _dropped++;
                return false;
            }

            if (_filling.WrittenCount == 0)
            {
                Monitor.Pulse(_gate);
            }

            _filling.Write(line);
            return true;
        }
    }

    /// <summary>Writes what was added. An output that nobody reads ends this after 5 seconds.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isClosing = true;
            Monitor.PulseAll(_gate);
        }

        _writer.Join(MaxClosing);
    }

    private void WriteAll()
    {
        while (Swap())
        {
            WriteOrRetry();
            _writing = Emptied(_writing);
            IsClosingAfter(Interval);
        }
    }

    // Waits for lines; returns false after the last.
    private bool Swap()
    {
        lock (_gate)
        {
            while (_filling.WrittenCount == 0)
            {
                if (_isClosing)
                {
                    return false;
                }

                Monitor.Wait(_gate);
            }

            (_filling, _writing) = (_writing, _filling);
            if (_dropped > 0)
            {
                _writing.Write(_droppedLine(_dropped));
                _dropped = 0;
            }

            return true;
        }
    }

    // The last attempt is made when the log closes.
    private void WriteOrRetry()
    {
        var isLast = false;
        while (!TryWrite() && !isLast)
        {
            isLast = IsClosingAfter(RetryInterval);
        }
    }

    private bool TryWrite()
    {
        try
        {
            _output.Write(_writing.WrittenSpan);
            _output.Flush();
            return true;
        }
        catch (IOException failure)
        {
            SelfLog.WriteLine("The log could not be written, and is written again: {0}", failure);
            return false;
        }
    }

    private bool IsClosingAfter(TimeSpan pause)
    {
        var end = Environment.TickCount64 + (long)pause.TotalMilliseconds;
        lock (_gate)
        {
            while (!_isClosing && end - Environment.TickCount64 is > 0 and var left)
            {
                Monitor.Wait(_gate, (int)left);
            }

            return _isClosing;
        }
    }

    private static ArrayBufferWriter<byte> Emptied(ArrayBufferWriter<byte> buffer)
    {
        if (buffer.Capacity > KeptBytes)
        {
            return new(64 << 10);
        }

        buffer.ResetWrittenCount();
        return buffer;
    }
}
