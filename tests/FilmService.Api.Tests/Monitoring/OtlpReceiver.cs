using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace FilmService.Api.Tests.Monitoring;

/// <summary>A span, with its ids in hexadecimal.</summary>
public sealed record ReceivedSpan(string Name, string Trace, string Id, string Parent, IReadOnlyDictionary<string, string> Tags, IReadOnlyList<string> Links);

/// <summary>A collector that takes OTLP over HTTP in Protocol Buffers (opentelemetry-proto, trace/v1/trace.proto).</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentQueue<ReceivedSpan> _spans = [];
    private readonly ConcurrentQueue<string> _metrics = [];

    private OtlpReceiver(WebApplication server) => _server = server;

    public string Address => _server.Urls.First();

    public IReadOnlyCollection<ReceivedSpan> Spans => _spans;

    /// <summary>The names of the metrics.</summary>
    public IReadOnlyCollection<string> Metrics => _metrics;

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var receiver = new OtlpReceiver(builder.Build());
        receiver._server.Run(receiver.ReceiveAsync);
        await receiver._server.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var scopes = Fields(body.ToArray(), 1).SelectMany(resource => Fields(resource, 2)).SelectMany(scope => Fields(scope, 2));
        if (context.Request.Path == "/v1/traces")
        {
            scopes.Select(SpanOf).ToList().ForEach(_spans.Enqueue);
        }
        else
        {
            scopes.Select(metric => Text(metric, 1)).ToList().ForEach(_metrics.Enqueue);
        }

        context.Response.ContentType = "application/x-protobuf";
    }

    private static ReceivedSpan SpanOf(byte[] span) => new(
        Text(span, 5), Hex(span, 1), Hex(span, 2), Hex(span, 4),
        Fields(span, 9).ToDictionary(tag => Text(tag, 1), tag => Text(Fields(tag, 2).Single(), 1)), [.. Fields(span, 13).Select(link => Hex(link, 2))]);

    private static string Text(byte[] message, int number) => Encoding.UTF8.GetString(Fields(message, number).FirstOrDefault() ?? []);

    private static string Hex(byte[] message, int number) => Convert.ToHexStringLower(Fields(message, number).FirstOrDefault() ?? []);

    /// <summary>The length-delimited fields with a number.</summary>
    private static IEnumerable<byte[]> Fields(byte[] message, int number)
    {
        for (var at = 0; at < message.Length;)
        {
            var key = Varint(message, ref at);
            var length = (key & 7) switch { 0 => 0, 1 => 8, 5 => 4, _ => (int)Varint(message, ref at) };
            if ((key & 7) == 0)
            {
                Varint(message, ref at);
            }
            else if (key == (ulong)((number << 3) | 2))
            {
                yield return message[at..(at + length)];
            }

            at += length;
        }
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        var (value, shift) = (0UL, 0);
        do
        {
            value |= (ulong)(message[at] & 0x7F) << shift;
            shift += 7;
        }
        while (message[at++] >= 0x80);
        return value;
    }
}
