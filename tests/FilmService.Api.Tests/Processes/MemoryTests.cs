using System.Diagnostics;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Processes;

/// <summary>Memory of the published program, as promised in the README.</summary>
public sealed class MemoryTests : IDisposable
{
    private const int Limit = 120_000_000;

    // Time for tiered recompilation to finish, and for its thread to stop.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("filmservice-").FullName;

    // The very first start creates the database, which takes some more.
    [Test]
    public async Task Memory_AtRestAfterAFewHundredRequests_IsUnder120MB()
    {
        await PublishAsync();
        foreach (var start in new[] { "first", "second" })
        {
            using var service = await FilmServiceProcess.StartProgramAsync(Path.Combine(_folder, "FilmService.Api.dll"), _folder, "Production");
            await Task.Delay(Rest);
            var idle = service.ResidentBytes;
            await SendAsync(service);
            await Task.Delay(Rest);
            TestContext.Out.WriteLine($"{start} start: {idle / 1e6:F1} MB, after some requests {service.ResidentBytes / 1e6:F1} MB");

            Assert.That(idle, Is.LessThan(Limit));
            Assert.That(service.ResidentBytes, Is.LessThan(Limit));
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task PublishAsync()
    {
        var publish = new ProcessStartInfo("dotnet", ["publish", "src/FilmService.Api", "-c", "Release", "-o", _folder, "--nologo", "-v", "quiet"])
        {
            WorkingDirectory = Repository.Path(""),
        };
        var published = await CommandProcess.RunAsync(publish, "");
        Assert.That(published.Code, Is.Zero, published.Output);
    }

    private static async Task SendAsync(FilmServiceProcess service)
    {
        using var client = service.CreateClient();
        for (var request = 0; request < 250; request++)
        {
            Assert.That((await client.SendAsync("GET", $"/films/{request % 4}")).Status, Is.AnyOf(200, 404));
            Assert.That((await client.SendAsync("GET", "/films")).Status, Is.EqualTo(200));
        }
    }
}
