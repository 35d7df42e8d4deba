using System.Net;
using System.Net.Sockets;

namespace FilmService.Load;

/// <summary>One keep-alive connection with at most one request on its way (no pipelining).</summary>
internal sealed class Connection : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] received = new byte[16 * 1024];
    private int count;

    public Connection(int port, Epoll epoll, int tag)
    {
        socket.Connect(IPAddress.Loopback, port);
        socket.Blocking = false;
        epoll.Watch(socket, tag);
    }

    /// <summary>When the request on its way was due, in <see cref="System.Diagnostics.Stopwatch"/> ticks.</summary>
    public long Due { get; private set; }

    /// <summary>The film that the request on its way asks for; 0 where it is none.</summary>
    public int Id { get; private set; }

    public void Send(RequestBuffer request, long due)
    {
        (Due, Id, count) = (due, request.Id, 0);
        if (socket.Send(request.Written) != request.Written.Length)
        {
            throw new LoadException("a request did not fit into the socket's buffer");
        }
    }

    /// <summary>Takes what has arrived; true when it completes the answer.</summary>
    public bool TryReceive(out HttpAnswer answer)
    {
        if (count == received.Length)
        {
            Array.Resize(ref received, 2 * count);
        }

        var arrived = socket.Receive(received.AsSpan(count), SocketFlags.None, out var error);
        if (arrived == 0 && error != SocketError.WouldBlock)
        {
            throw new LoadException($"the server closed a connection ({error})");
        }

        count += arrived;
        return HttpAnswer.TryRead(received.AsSpan(0, count), out answer);
    }

    public void Dispose() => socket.Dispose();
}
