using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using FilmService.Api.Tests.Hosting;
using StandardWebhooks;

namespace FilmService.Api.Tests.Webhooks;

/// <summary>
/// Deliveries as other implementations of Standard Webhooks see them, and the receivers of <c>docs/examples</c>. They need <c>npm ci</c>
/// in tests/tools/webhooks, Python and Node.js.
/// </summary>
public sealed class OtherImplementationsTests : WebhookTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Test]
    public async Task Delivery_IsValidForStandardwebhooksAndSvix()
    {
        if (!Directory.Exists(Repository.Path("tests/tools/webhooks/node_modules")))
        {
            Assert.Ignore("Run npm ci in tests/tools/webhooks first.");
        }

        var (id, first) = await CreateAsync();
        var second = (string)(await PostAsync($"/webhooks/{id}/rotate-secret")).Json["secret"]!;
        await PutAsync("été", """{"name":"L’été \"à\" 🎬","year":2001}""");
        var delivery = await Receiver.NextAsync();

        var said = await VerifyAsync([
            Line(delivery, first), Line(delivery, second), Line(delivery, WebhookSecret()), Line(delivery with { Body = delivery.Body.Replace("2001", "2002", StringComparison.Ordinal) }, first)]);

        Assert.That(said[..2], Is.All.EqualTo("standardwebhooks: valid; svix: valid"));
        Assert.That(said[2..], Is.All.EqualTo("standardwebhooks: No matching signature found; svix: No matching signature found"));
    }

    [TestCase("python3", "receiver.py")]
    [TestCase("node", "receiver.mjs")]
    [TestCase("dotnet", "run", "receiver.cs")]
    public async Task Example_OfAReceiver_VerifiesAndAppliesEachDeliveryOnce(string program, params string[] arguments)
    {
        var secret = WebhookSecret();
        using var process = StartExample(program, arguments, secret);
        var output = new LineReader(process.StandardOutput);
        var url = (await output.NextAsync())["listening on ".Length..];
        using var client = new HttpClient { BaseAddress = new Uri(url) };
        var now = DateTimeOffset.UtcNow;

        Assert.That(await SendAsync(client, WebhookSecret(), now), Is.EqualTo(400), "Another secret.");
        Assert.That(await SendAsync(client, secret, now.AddMinutes(-6)), Is.EqualTo(400), "An old delivery, sent again.");
        Assert.That(await SendAsync(client, secret, now.AddMinutes(6)), Is.EqualTo(400), "One from the future.");
        Assert.That(await SendAsync(client, secret, now, change: body => body + " "), Is.EqualTo(400), "Another body.");
        Assert.That(await SendAsync(client, secret, now, sign: _ => ""), Is.EqualTo(400), "No signature.");
        Assert.That(await SendAsync(client, secret, now, sign: right => $"v1,AAAA v2,{right[3..]} é"), Is.EqualTo(400), "Nonsense.");
        Assert.That(await SendAsync(client, secret, now, id: "msg_1"), Is.EqualTo(204));
        Assert.That(await SendAsync(client, secret, now, id: "msg_1"), Is.EqualTo(204), "Its answer was lost.");
        Assert.That(await SendAsync(client, secret, now, sign: right => $"v1,AAAA {right}", id: "msg_2"), Is.EqualTo(204), "While the secret is being rotated.");
        Assert.That(await SendAsync(client, secret, now, """{"reset":{"reason":"epoch-renewed"}}""", id: "msg_3"), Is.EqualTo(204));
        Assert.That(await SendAsync(client, secret, now, """{"test":true}""", id: "msg_4"), Is.EqualTo(204));

        process.Kill(entireProcessTree: true);
        Assert.That(await output.RestAsync(), Is.EqualTo(new[] { "k3f9-3 up Up", "k3f9-4 2 deleted", "k3f9-3 up Up", "k3f9-4 2 deleted", "reset epoch-renewed" }));
    }

    [Test]
    public async Task Example_OfAReceiver_TakesWhatTheServiceSends()
    {
        var (id, secret) = await CreateAsync();
        using var process = StartExample("python3", ["receiver.py"], secret);
        var output = new LineReader(process.StandardOutput);
        await PatchAsync(id, $$"""{"url":"{{(await output.NextAsync())["listening on ".Length..]}}/"}""");

        await PutAsync("été", """{"name":"L’été 🎬","year":2001}""");

        Assert.That(await output.NextAsync(), Is.EqualTo($"{Revision(3)} été L’été 🎬"));
        await UntilDeliveredAsync(id, 3);
        process.Kill(entireProcessTree: true);
    }

    private const string Page = """{"items":[{"Revision":"k3f9-3","At":"2026-11-22T09:14:03.120Z","By":"anonymous","Id":"up","Name":"Up","Year":2009,"Month":null},{"Revision":"k3f9-4","At":"2026-11-22T09:14:07.004Z","By":"anonymous","Id":"2","Deleted":true}],"next":"/changes?since=k3f9-4"}""";

    private static string WebhookSecret() => FilmService.Api.Webhooks.WebhookSecrets.Create();

    private static string Line(Received delivery, string secret) => JsonSerializer.Serialize(new
    {
        secret,
        body = delivery.Body,
        headers = delivery.Fields.Where(field => field.Key.StartsWith("webhook-", StringComparison.OrdinalIgnoreCase)).ToDictionary(field => field.Key.ToLowerInvariant(), field => field.Value.ToString()),
    });

    private static async Task<string[]> VerifyAsync(string[] lines)
    {
        var start = new ProcessStartInfo("node", ["verify.mjs"]) { WorkingDirectory = Repository.Path("tests/tools/webhooks") };
        var result = await CommandProcess.RunAsync(start, string.Join('\n', lines) + "\n");
        Assert.That(result.Code, Is.Zero, result.Error);
        return result.Output.TrimEnd().Split('\n');
    }

    private static Process StartExample(string program, string[] arguments, string secret)
    {
        var start = new ProcessStartInfo(program, [.. arguments, .. program == "dotnet" ? ["--"] : Array.Empty<string>(), "0"])
        {
            WorkingDirectory = Repository.Path("docs/examples"),
            RedirectStandardOutput = true,
        };
        start.Environment["WEBHOOK_SECRET"] = secret;
        start.Environment["PYTHONIOENCODING"] = "utf-8";
        return Process.Start(start)!;
    }

    private static async Task<int> SendAsync(
        HttpClient client, string secret, DateTimeOffset at, string body = Page, Func<string, string>? sign = null, Func<string, string>? change = null, string id = "msg_0")
    {
        var signature = new StandardWebhook(secret).Sign(id, at, body);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = HttpRequests.Json((change ?? (same => same))(body)) };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("webhook-signature", Regex.Replace((sign ?? (same => same))(signature), "[^ -~]", "?"));
        using var answer = await client.SendAsync(request);
        return (int)answer.StatusCode;
    }

    /// <summary>The lines that a process prints.</summary>
    private sealed class LineReader(StreamReader output)
    {
        public async Task<string> NextAsync()
        {
            var line = await output.ReadLineAsync().WaitAsync(Patience);
            Assert.That(line, Is.Not.Null, "The receiver has ended.");
            return line!;
        }

        public async Task<string[]> RestAsync() => (await output.ReadToEndAsync().WaitAsync(Patience)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
