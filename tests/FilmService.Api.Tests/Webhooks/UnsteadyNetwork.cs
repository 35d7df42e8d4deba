using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace FilmService.Api.Tests.Webhooks;

/// <summary>A network between service and receiver that forwards connections, and that a test can cut.</summary>
internal sealed class UnsteadyNetwork : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, bool> _open = [];
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
        foreach (var client in _open.Keys)
        {
            client.Client.LingerState = new LingerOption(true, 0);
            client.Dispose();
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
        try
        {
            if (!IsDown)
            {
                await to.ConnectAsync(IPAddress.Loopback, _to);
                (_open[from], _open[to]) = (true, true);
                await Task.WhenAny(from.GetStream().CopyToAsync(to.GetStream()), to.GetStream().CopyToAsync(from.GetStream()));
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut, or the receiver is down.
        }

        _open.TryRemove(from, out _);
        _open.TryRemove(to, out _);
        from.Dispose();
    }
}
