using FilmService.Api.Tests.Hosting;
using FilmService.Domain.Health;
using FilmService.Domain.Writing;
using Microsoft.Extensions.DependencyInjection;

namespace FilmService.Api.Tests.Health;

/// <summary>What a load balancer learns, and how often the checks run for it.</summary>
public sealed class ReadinessTests : ServiceTest
{
    private readonly SetCheck _check = new();

    protected override Task<FilmServiceHost> StartHostAsync() => FilmServiceHost.StartWithAsync(services => services.AddSingleton<IReadinessCheck>(_check));

    [Test]
    public async Task Ready_NoFailure_TakesNoRevision()
    {
        Assert.That((await GetAsync("/health/ready")).Body, Is.EqualTo("""{"status":"ok"}"""));
        await AssertNothingStoredAsync();
    }

    [Test]
    public async Task Ready_WritesAreImpossible_NamesTheCheck()
    {
        Host.Query("CREATE TRIGGER no BEFORE UPDATE ON revision BEGIN SELECT RAISE(ABORT, 'no'); END");

        var answer = await GetAsync("/health/ready");

        AssertProblem(answer, NotReady("writes"));
        Assert.That((answer.Field("Retry-After"), answer.Field("Cache-Control")), Is.EqualTo(("5", "no-store")));
        Assert.That((await GetAsync("/films/1")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Ready_CheckFails_SaysWhyToAdministratorsAlone()
    {
        _check.Failure = "The other disk is full.";

        AssertProblem(await GetAsync("/health/ready"), NotReady("other"));
        AssertProblem(await GetAsync("/health/ready", Basic("admin", "atCh_5K}?g")), NotReady("other", ",\"reasons\":{\"other\":\"The other disk is full.\"}"));
    }

    [Test]
    public async Task Ready_AskedOften_ChecksOnceASecond()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => GetAsync("/health/ready")));

        Assert.That(_check.Runs, Is.LessThanOrEqualTo(10), "50 requests take far less than 10 seconds.");
    }

    [Test]
    public async Task Ready_FailureIsOver_IsReadyAgain()
    {
        _check.Failure = "The other disk is full.";
        Assert.That((await GetAsync("/health/ready")).Status, Is.EqualTo(503));
        _check.Failure = null;

        Assert.That(async () => (await GetAsync("/health/ready")).Status, Is.EqualTo(200).After(30_000, 100));
    }

    [Test]
    public async Task Ready_CheckThatDoesNotEnd_IsNotWaitedFor()
    {
        _check.Until = new TaskCompletionSource().Task;

        Assert.That((await GetAsync("/health/ready")).Status, Is.EqualTo(200), "Nothing has failed yet.");
    }

    private static string NotReady(string check, string more = "") => Problem(
        "unavailable", "The catalogue is not available", 503, $"The service is not ready: {check} failed. Try again in 5 seconds.", "/health/ready", $",\"failedChecks\":[\"{check}\"]{more}");

    private sealed class SetCheck : IReadinessCheck
    {
        private int _runs;

        public string Name => "other";

        public int Runs => _runs;

        public string? Failure { get; set; }

        public Task Until { get; set; } = Task.CompletedTask;

        public async Task RunAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _runs);
            await Until;
            if (Failure is { } failure)
            {
                throw new CatalogUnavailableException(failure, null);
            }
        }
    }
}
