using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace FilmService.Api.Tests.Changes;

/// <summary>A response on a connection with a small buffer, read only on request.</summary>
internal sealed partial class SlowReader : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client;
    private readonly HttpResponseMessage _answer;

    private SlowReader(HttpClient client, HttpResponseMessage answer) => (_client, _answer) = (client, answer);

    /// <summary>Sends the request and waits for the response's header.</summary>
    public static async Task<SlowReader> OpenAsync(Uri service, string address, string type)
    {
        var client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        client.DefaultRequestHeaders.Add("Accept", type);
        return new SlowReader(client, await client.GetAsync(new Uri(service, address), HttpCompletionOption.ResponseHeadersRead));
    }

    /// <summary>The numbers of the complete changes, up to where the connection breaks.</summary>
    public async Task<List<int>> ReadToTheCutAsync()
    {
        var numbers = new List<int>();
        Assert.That(() => ReadAsync(numbers), Throws.InstanceOf<IOException>(), "The answer ended as if it were whole.");
        return numbers;
    }

    /// <summary>The numbers of the changes of a stream, which must end with the event that tells why it ends.</summary>
    public async Task<List<int>> ReadToTheResetAsync()
    {
        var numbers = new List<int>();
        var last = await ReadAsync(numbers);
        Assert.That(last[..3], Is.EqualTo(new[] { "", "event: reset", "retry: 60000" }));
        Assert.That(last[3], Does.StartWith("data: {\"type\":\"/problems/feed-reset\"").And.Contain("\"status\":410"));
        Assert.That(last[4], Is.Empty);
        return numbers;
    }

    // Returns the last five lines.
    private async Task<string[]> ReadAsync(List<int> numbers)
    {
        var last = new Queue<string>();
        using var lines = new StreamReader(await _answer.Content.ReadAsStreamAsync());
        using var patience = new CancellationTokenSource(Patience);
        while (await lines.ReadLineAsync(patience.Token) is { } line)
        {
            numbers.AddRange(Change().Matches(line).Select(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)));
            last.Enqueue(line);
            if (last.Count > 5)
            {
                last.Dequeue();
            }
        }

        return [.. last];
    }

    public void Dispose()
    {
        _answer.Dispose();
        _client.Dispose();
    }

    [GeneratedRegex("\"Revision\":\"[a-z0-9]+-([0-9]+)\".*}$")]
    private static partial Regex Change();
}
