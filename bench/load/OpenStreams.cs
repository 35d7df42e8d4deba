using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FilmService.Load;

/// <summary>Streams of changes that stay open while the work runs; a thread of their own reads them and throws away what comes.</summary>
internal sealed class OpenStreams : IDisposable
{
    private readonly Epoll epoll = new();
    private readonly Socket[] sockets;
    private readonly Thread reader;
    private volatile bool isOver;
    private long received;

    public OpenStreams(int port, int count)
    {
        var request = Encoding.ASCII.GetBytes($"GET /changes HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: text/event-stream\r\n\r\n");
        sockets = new Socket[count];
        for (var i = 0; i < count; i++)
        {
            sockets[i] = Open(port, request);
            epoll.Watch(sockets[i], i);
        }

        reader = new Thread(Read);
        reader.Start();
    }

    /// <summary>Bytes of events in megabytes.</summary>
    public double Megabytes => Interlocked.Read(ref received) / 1e6;

    private static Socket Open(int port, byte[] request)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Loopback, port);
        socket.Send(request);
        var head = new byte[1024];
        var status = Encoding.ASCII.GetString(head, 0, socket.Receive(head));
        if (!status.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal))
        {
            throw new LoadException($"a stream was refused: {status}");
        }

        socket.Blocking = false;
        return socket;
    }

    private void Read()
    {
        var buffer = new byte[256 * 1024];
        Span<int> readable = stackalloc int[256];
        while (!isOver)
        {
            foreach (var tag in readable[..epoll.Wait(readable, 20)])
            {
                var count = sockets[tag].Receive(buffer, SocketFlags.None, out var error);
                if (count == 0 && error != SocketError.WouldBlock)
                {
                    Environment.FailFast($"the server closed a stream ({error})");
                }

                Interlocked.Add(ref received, count);
            }
        }
    }

    public void Dispose()
    {
        isOver = true;
        reader.Join();
        Array.ForEach(sockets, socket => socket.Dispose());
        epoll.Dispose();
    }
}
