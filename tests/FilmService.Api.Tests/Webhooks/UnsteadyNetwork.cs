using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace FilmService.Api.Tests.Webhooks;

/// <summary>A network between service and receiver that forwards connections, and that a test can cut.</summary>
internal sealed class UnsteadyNetwork : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, bool> _open = [];
    private readonly int _to;

    public UnsteadyNetwork(int to)
    {
        _to = to;
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Url => $"http://{_listener.LocalEndpoint}/hook";

    /// <summary>True while no connection gets through.</summary>
    public bool IsDown { get; set; }

    /// <summary>Breaks all connections, wherever they are.</summary>
    public void Cut()
    {
        foreach (var socket in _open.Keys)
        {
            socket.Close(0);
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        Cut();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ForwardAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception exception) when (exception is ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task ForwardAsync(TcpClient from)
    {
        using var to = new TcpClient();
        var (inner, outer) = (from.Client, to.Client);
        try
        {
            if (!IsDown)
            {
                await to.ConnectAsync(IPAddress.Loopback, _to);
                (_open[inner], _open[outer]) = (true, true);
                await Task.WhenAny(from.GetStream().CopyToAsync(to.GetStream()), to.GetStream().CopyToAsync(from.GetStream()));
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut, or the receiver is down.
        }

        _open.TryRemove(inner, out _);
        _open.TryRemove(outer, out _);
        from.Dispose();
    }
}
