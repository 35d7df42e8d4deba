using System.Net;
using System.Net.Sockets;

namespace FilmService.Api.Tests.Webhooks;

/// <summary>A receiver that answers one request with any bytes, or none.</summary>
internal sealed class RawReceiver : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RawReceiver(Func<NetworkStream, Task> answer)
    {
        _listener.Start();
        Ended = ServeAsync(answer);
    }

    public string Url => $"http://{_listener.LocalEndpoint}/";

    /// <summary>Completes once it has answered.</summary>
    public Task Answered => _answered.Task;

    /// <summary>Completes once the service has closed the connection.</summary>
    public Task Ended { get; }

    public static RawReceiver Start(Func<NetworkStream, Task> answer) => new(answer);

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync(Func<NetworkStream, Task> answer)
    {
        using var client = await _listener.AcceptTcpClientAsync();
        var stream = client.GetStream();
        var buffer = new byte[64_000];
        try
        {
            // The request fits into the buffer, header and body together.
            await stream.ReadAtLeastAsync(buffer, 1);
            await answer(stream);
            _answered.TrySetResult();
            while (await stream.ReadAsync(buffer) > 0)
            {
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The connection is closed.
        }
    }
}
