using System.Net;
using System.Net.Sockets;

namespace FilmService.Api.Tests.Hosting;

/// <summary>A line to the service that is cut in the middle of long requests. (Once is not enough: browsers send a request again by themselves.)</summary>
public sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Uri _service;
    private readonly int _most;
    private readonly Task _running;
    private volatile bool _isMended;

    /// <param name="service">Where the service listens.</param>
    /// <param name="most">A connection that carries more bytes to the service is reset.</param>
    public Relay(Uri service, int most)
    {
        (_service, _most) = (service, most);
        _listener.Start();
        _running = RunAsync();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new($"http://{_listener.LocalEndpoint}");

    /// <summary>Cuts no more connections.</summary>
    public void Mend() => _isMended = true;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _running;
        _end.Dispose();
    }

    private async Task RunAsync()
    {
        var lines = new List<Task>();
        try
        {
            while (true)
            {
                lines.Add(CarryAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(lines);
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using var service = new TcpClient();
        using (client)
        {
            try
            {
                await service.ConnectAsync(_service.Host, _service.Port, _end.Token);
                await await Task.WhenAny(SendAsync(client, service), service.GetStream().CopyToAsync(client.GetStream(), _end.Token));
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
            {
                // One of both has closed the connection: so does the other.
            }
        }
    }

    private async Task SendAsync(TcpClient client, TcpClient service)
    {
        var (buffer, sent) = (new byte[16384], 0);
        while (await client.GetStream().ReadAsync(buffer, _end.Token) is > 0 and var count)
        {
            await service.GetStream().WriteAsync(buffer.AsMemory(0, count), _end.Token);
            if ((sent += count) > _most && !_isMended)
            {
                client.Client.LingerState = service.Client.LingerState = new LingerOption(true, 0);
                return;
            }
        }
    }
}
