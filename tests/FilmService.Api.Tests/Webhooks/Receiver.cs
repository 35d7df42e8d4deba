using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using StandardWebhooks;

namespace FilmService.Api.Tests.Webhooks;

/// <summary>A receiver of deliveries that a test controls. It answers 204 unless it is told otherwise.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly WebApplication _app;
    private readonly Channel<Received> _received = Channel.CreateUnbounded<Received>();

    private Receiver(int port)
    {
        _app = WebApplication.CreateSlimBuilder([$"--urls=http://127.0.0.1:{port}", "--Logging:LogLevel:Default=None"]).Build();
        _app.MapPost("/{**path}", TakeAsync);
    }

    /// <summary>Answers a delivery after it was received.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = Status(204);

    /// <summary>Takes each delivery before it is answered, instead of <see cref="NextAsync"/>.</summary>
    public Action<Received>? Take { get; set; }

    public string Url => Address + "hook";

    public Uri Address => new(_app.Urls.First());

    /// <summary>The number of deliveries that nobody has taken yet.</summary>
    public int Waiting => _received.Reader.Count;

    public static async Task<Receiver> StartAsync(int port = 0)
    {
        var receiver = new Receiver(port);
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>Answers with a status.</summary>
    public static Func<HttpContext, Task> Status(int status) => context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    /// <summary>The next delivery.</summary>
    public async Task<Received> NextAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await _received.Reader.ReadAsync(patience.Token);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var received = new Received(context.Request.Path, body, new HeaderDictionary(new Dictionary<string, StringValues>(context.Request.Headers)));
        if (Take is { } take)
        {
            take(received);
        }
        else
        {
            await _received.Writer.WriteAsync(received);
        }

        await Answer(context);
    }
}

/// <summary>A delivery as it was received.</summary>
internal sealed record Received(string Path, string Body, HeaderDictionary Fields)
{
    public string Id => Fields["webhook-id"].ToString();

    public string Timestamp => Fields["webhook-timestamp"].ToString();

    public string[] Signatures => Fields["webhook-signature"].ToString().Split(' ');

    public JsonNode Json => JsonNode.Parse(Body)!;

    /// <summary>The numbers of its changes.</summary>
    public IEnumerable<long> Numbers => Json["items"]!.AsArray().Select(change => long.Parse(((string)change!["Revision"]!).Split('-')[1], System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>True if one of its signatures is this secret's.</summary>
    public bool IsSignedBy(string secret) =>
        Signatures.Contains(new StandardWebhook(secret).Sign(Id, DateTimeOffset.FromUnixTimeSeconds(long.Parse(Timestamp, System.Globalization.CultureInfo.InvariantCulture)), Body));
}
