using FilmService.Api.Tests.Hosting;
using FilmService.Api.Tests.Processes;

namespace FilmService.Api.Tests.Webhooks;

/// <summary>More webhooks than the operating system allows connections.</summary>
public sealed class FewOpenFilesTests : ProcessTest
{
    private const int Webhooks = 30;

    private static readonly string Admin = "Authorization: Basic " + Convert.ToBase64String("admin:atCh_5K}?g"u8);

    [Test]
    public async Task Deliveries_MoreThanOpenFilesAllow_ComeOneAfterTheOther()
    {
        await using var receiver = await Receiver.StartAsync();
        var service = RunWithOpenFiles(512, "urls=http://127.0.0.1:0");
        await service.ListensAsync();
        using var client = service.CreateClient();
        for (var number = 0; number < Webhooks; number++)
        {
            var webhook = await client.SendAsync("POST", "/webhooks", HttpRequests.Json($$"""{"url":"{{receiver.Address}}{{number}}"}"""), Admin);
            Assert.That(webhook.Status, Is.EqualTo(201), webhook.Body);
        }

        await client.SendAsync("DELETE", "/films/1");

        var received = new List<string>();
        while (received.Distinct().Count() < Webhooks)
        {
            received.Add((await receiver.NextAsync()).Path);
        }

        Assert.That(received, Is.Unique);
    }
}
