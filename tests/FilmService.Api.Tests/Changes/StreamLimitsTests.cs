using System.Net;
using FilmService.Api.Access.Authentication;
using FilmService.Api.Changes;
using FilmService.Api.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace FilmService.Api.Tests.Changes;

/// <summary>Limits on open streams, lowered so that a test can reach them.</summary>
public sealed class StreamLimitsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Test]
    public void Limits_OfTheService_AreWhatTheDocumentSays()
    {
        var document = File.ReadAllText(Repository.Path("docs/changes.md")).ReplaceLineEndings(" ");
        var limits = new StreamLimits();

        Assert.That(document, Does.Contain($"a comment (`:`) every {limits.KeepAlive.TotalSeconds} seconds"));
        Assert.That(document, Does.Contain($"reads nothing for {limits.MaxStall.TotalSeconds} seconds is dropped"));
        Assert.That(document, Does.Contain($"{limits.MaxStreamsPerCaller:N0} open streams per caller, {limits.MaxAnonymousStreams:N0} of callers without a login together and {limits.MaxStreams:N0} in total"));
    }

    [Test]
    public async Task Stream_WhenNothingHappens_IsKeptOpenByComments()
    {
        await using var host = await StartAsync(new StreamLimits { KeepAlive = TimeSpan.FromMilliseconds(20) });
        using var client = host.CreateClient();
        await using var stream = await EventReader.OpenAsync(client);

        var lines = new List<string?>();
        for (var line = 0; line < 6; line++)
        {
            lines.Add(await stream.ReadLineAsync());
        }

        Assert.That(lines, Is.EqualTo(new[] { ":", "", ":", "", ":", "" }));
        await client.SendAsync("PUT", "/films/up", HttpRequests.Json("""{"name":"Up","year":2009}"""));
        Assert.That(await stream.ReadChangesAsync(1), Is.EqualTo(new[] { "3 up 2009" }));
    }

    [Test]
    public async Task Stream_ReaderThatTakesNothing_IsDroppedAndResumesWithoutLossOrRepeat()
    {
        await using var host = await StartAsync(new StreamLimits { MaxStall = TimeSpan.FromMilliseconds(50) });
        using var client = host.CreateClient();
        using var slow = await RawEventReader.OpenAsync(host, 0);

        // The service disconnects it when the written changes exceed the buffers of the connection.
        var (written, name) = (2, new string('x', 500));
        while (written < 20_000 && !IsDropped(host))
        {
            var year = 1900 + (written / 200);
            await Task.WhenAll(Enumerable.Range(0, 200).Select(film => client.SendAsync("PUT", $"/films/{film + 10}", HttpRequests.Json($$"""{"name":"{{name}}","year":{{year}}}"""))));
            written += 200;
        }

        Assert.That(IsDropped(host), Is.True, "The reader was kept.");
        var numbers = await slow.ReadAsync(written);
        Assert.That(numbers, Has.Count.LessThan(written));
        numbers.AddRange(await RawEventReader.ReadAsync(host, numbers.Count, written));
        Assert.That(numbers, Is.EqualTo(Enumerable.Range(1, written)));
    }

    [Test]
    public async Task Stream_MoreThanACallerMayHave_Returns429UntilOneIsClosed()
    {
        await using var host = await StartAsync(new StreamLimits { MaxStreamsPerCaller = 2, MaxStreams = 3 });
        using var client = host.CreateClient();
        await using var first = await EventReader.OpenAsync(client);
        var second = await EventReader.OpenAsync(client);

        var third = await client.SendAsync("GET", "/changes", null, "Accept: text/event-stream");

        Assert.That(third.Problem, Is.EqualTo(
            """{"type":"/problems/too-many-streams","title":"Too many streams","status":429,"detail":"At most 2 event streams per caller, 8000 of callers without a login and 3 in total may be open at the same time.","instance":"/changes","message":"At most 2 event streams per caller, 8000 of callers without a login and 3 in total may be open at the same time."}"""));
        Assert.That((third.Status, third.Field("Retry-After")), Is.EqualTo((429, "60")));
        var admin = $"Authorization: Basic {Convert.ToBase64String("admin:atCh_5K}?g"u8)}";
        await using var other = await EventReader.OpenAsync(client, "/changes", admin);
        Assert.That((int)other.Answer.StatusCode, Is.EqualTo(200), "Another caller has places of its own.");
        Assert.That((await client.SendAsync("HEAD", "/changes", null, "Accept: text/event-stream", admin)).Status, Is.EqualTo(429), "All places are taken.");

        await second.DisposeAsync();
        Assert.That(await OpensAgainAsync(client), Is.True);
    }

    /// <summary>Any number of addresses without a login leave places for callers who are logged in.</summary>
    [Test]
    public void Take_PlacesOfManyAddresses_LeavesAShareForCallersWhoAreLoggedIn()
    {
        using var places = new StreamPlaces(new StreamLimits { MaxStreams = 10, MaxAnonymousStreams = 7, MaxStreamsPerCaller = 3 });

        var taken = Enumerable.Range(0, 100).Count(address => places.Take(new CountedCaller(false, $"10.0.0.{address}")).IsAcquired);

        Assert.That(taken, Is.EqualTo(7));
        Assert.That(Enumerable.Range(0, 5).Select(_ => places.Take(new CountedCaller(true, "ann")).IsAcquired), Is.EqualTo(new[] { true, true, true, false, false }));
    }

    [Test]
    public void Take_OfAUserNamedLikeAnAddress_HasPlacesOfItsOwn()
    {
        using var places = new StreamPlaces(new StreamLimits { MaxStreamsPerCaller = 1 });

        Assert.That(places.Take(new CountedCaller(false, "127.0.0.1")).IsAcquired, Is.True);
        Assert.That(places.Take(new CountedCaller(true, "127.0.0.1")).IsAcquired, Is.True);
        Assert.That(places.Take(new CountedCaller(false, "127.0.0.1")).IsAcquired, Is.False);
    }

    [TestCase("2001:db8::1", "2001:db8::ffff:2", true)]
    [TestCase("2001:db8::1", "2001:db8:0:1::1", false)]
    [TestCase("::ffff:127.0.0.1", "127.0.0.1", true)]
    [TestCase("127.0.0.1", "127.0.0.2", false)]
    public void CountedCaller_OfAnAddress_IsItsBlock(string one, string other, bool isSame) =>
        Assert.That(OfAddress(one) == OfAddress(other), Is.EqualTo(isSame));

    private static CountedCaller OfAddress(string address)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        return CountedCaller.Of(context);
    }

    private static Task<FilmServiceHost> StartAsync(StreamLimits limits) => FilmServiceHost.StartWithAsync(services => services.AddSingleton(limits));

    // The service notices a closed connection after a moment.
    private static async Task<bool> OpensAgainAsync(HttpClient client)
    {
        for (var end = DateTime.UtcNow + Patience; DateTime.UtcNow < end;)
        {
            if ((await client.SendAsync("HEAD", "/changes", null, "Accept: text/event-stream")).Status == 200)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True if the service has no open stream left: then the caller can take all places at once.</summary>
    private static bool IsDropped(FilmServiceHost host)
    {
        var (places, limits) = (host.Services.GetRequiredService<StreamPlaces>(), host.Services.GetRequiredService<StreamLimits>());
        var leases = Enumerable.Range(0, limits.MaxStreamsPerCaller).Select(_ => places.Take(OfAddress("127.0.0.1"))).ToList();
        leases.ForEach(lease => lease.Dispose());
        return leases.TrueForAll(lease => lease.IsAcquired);
    }
}
