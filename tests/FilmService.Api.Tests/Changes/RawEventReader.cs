using System.Globalization;
using System.Net.Sockets;
using System.Text;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Changes;

/// <summary>An event stream on a connection with a small buffer, read only on request.</summary>
public sealed class RawEventReader : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TcpClient _client = new() { ReceiveBufferSize = 4096 };

    /// <summary>Requests the changes after a number, and waits for the first byte of the response.</summary>
    public static async Task<RawEventReader> OpenAsync(FilmServiceHost host, long number)
    {
        // HTTP/1.0 has no chunks, which would appear between the lines.
        var stream = new RawEventReader();
        await stream._client.ConnectAsync(host.Address.Host, host.Address.Port);
        await stream._client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /changes HTTP/1.0\r\nHost: {host.Address.Authority}\r\nAccept: text/event-stream\r\nLast-Event-ID: {host.Query("SELECT epoch FROM revision")}-{number}\r\n\r\n"));
        await stream._client.GetStream().ReadExactlyAsync(new byte[1]).AsTask().WaitAsync(Patience);
        return stream;
    }

    /// <summary>Reads the events after a number up to another, reconnecting whenever the service disconnects it.</summary>
    public static async Task<List<long>> ReadAsync(FilmServiceHost host, long after, long last)
    {
        var numbers = new List<long>();
        while (after + numbers.Count < last)
        {
            using var stream = await OpenAsync(host, after + numbers.Count);
            numbers.AddRange(await stream.ReadAsync((int)(last - after - numbers.Count)));
        }

        return numbers;
    }

    /// <summary>The numbers of the complete events, up to a count or to the end of the connection.</summary>
    public async Task<List<long>> ReadAsync(int count)
    {
        var (numbers, id) = (new List<long>(), "");
        using var lines = new StreamReader(_client.GetStream());
        try
        {
            while (numbers.Count < count && await lines.ReadLineAsync().WaitAsync(Patience) is { } line)
            {
                id = line.StartsWith("id: ", StringComparison.Ordinal) ? line.Split('-')[1] : id;
                if (line.StartsWith("data: ", StringComparison.Ordinal) && line.EndsWith('}'))
                {
                    numbers.Add(long.Parse(id, CultureInfo.InvariantCulture));
                }
            }
        }
        catch (IOException)
        {
            // The service has disconnected the client.
        }

        return numbers;
    }

    public void Dispose() => _client.Dispose();
}
