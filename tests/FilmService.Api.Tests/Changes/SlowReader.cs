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
        using var lines = new StreamReader(await _answer.Content.ReadAsStreamAsync());
        using var patience = new CancellationTokenSource(Patience);
        Assert.That(
            async () =>
            {
                while (await lines.ReadLineAsync(patience.Token) is { } line)
                {
                    numbers.AddRange(Change().Matches(line).Select(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)));
                }
            },
            Throws.InstanceOf<IOException>(),
            "The answer ended as if it were whole.");
        return numbers;
    }

    public void Dispose()
    {
        _answer.Dispose();
        _client.Dispose();
    }

    [GeneratedRegex("\"Revision\":\"[a-z0-9]+-([0-9]+)\".*}$")]
    private static partial Regex Change();
}
