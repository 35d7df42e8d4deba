using FilmService.Api.Tests.Hosting;
using FilmService.Domain.Backups;
using FilmService.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FilmService.Api.Tests.Backups;

/// <summary><c>Backups:Schedule</c> and <c>Backups:Keep</c>.</summary>
public sealed class BackupScheduleTests : BackupTest
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 22, 2, 0, 0, TimeSpan.Zero));
    private string _folder = "";

    protected override Task<FilmServiceHost> StartHostAsync()
    {
        _folder = Path.Combine(Directory.CreateTempSubdirectory("filmservice-").FullName, "all", "backups");
        return FilmServiceHost.StartAsync(_clock, "Backups:Schedule=30 3 * * *", "Backups:Keep=2", $"Backups:Folder={_folder}");
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(Path.GetDirectoryName(Path.GetDirectoryName(_folder))!, recursive: true);

    [Test]
    public async Task Time_OfTheSchedule_MakesABackupEachTimeAndKeepsTheNewest()
    {
        var seen = new HashSet<string>();
        await AdvanceUntilAsync(async () =>
        {
            seen.UnionWith(await NamesAsync());
            return seen.Count >= 4;
        });

        Assert.That(() => NamesAsync().Result, Is.EqualTo(seen.OrderDescending().Take(2)).After(20_000, 20));
        Assert.That(Directory.GetFiles(_folder), Has.Length.EqualTo(4));
    }

    [Test]
    public async Task ScheduledBackup_ThatFails_IsAWarningUntilOneSucceeds()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder)!);
        await File.WriteAllTextAsync(_folder, "a file in place of the folder");
        await AdvanceUntilAsync(async () => (await GetAsync("/health/ready")).Body == """{"status":"ok","warnings":["backups"]}""");
        Assert.That((await GetAsync("/health/ready")).Status, Is.EqualTo(200));
        File.Delete(_folder);

        await BackUpAsync();

        Assert.That((await GetAsync("/health/ready")).Body, Is.EqualTo("""{"status":"ok"}"""));
    }

    [Test]
    public async Task Age_OfTheLastVerifiedBackup_IsKnownAfterARestartToo()
    {
        Assert.That(Host.Services.GetRequiredService<BackupStatus>().AgeOfLastVerified, Is.Null);
        await BackUpAsync();
        await Host.RestartAsync(() => _clock.Advance(TimeSpan.FromHours(1)));

        Assert.That(() => Host.Services.GetRequiredService<BackupStatus>().AgeOfLastVerified, Is.EqualTo(TimeSpan.FromHours(1)).After(20_000, 20));
    }

    [TestCase("0 0 30 2 *", "a cron expression that occurs; this one never does")]
    [TestCase("every night", "a cron expression with five fields (minute, hour, day of month, month, day of week), such as '30 3 * * *', in UTC")]
    [TestCase("* * * * * *", "a cron expression with five fields (minute, hour, day of month, month, day of week), such as '30 3 * * *', in UTC")]
    [TestCase("60 * * * *", "a cron expression with five fields (minute, hour, day of month, month, day of week), such as '30 3 * * *', in UTC")]
    public void Schedule_ThatNeverOccursOrIsMalformed_IsRefused(string schedule, string allowed) => Assert.That(
        async () => await FilmServiceHost.StartAsync($"Backups:Schedule={schedule}"),
        Throws.InstanceOf<InvalidConfigurationException>().With.Message.EqualTo($"The setting Backups:Schedule is '{schedule}'. Allowed: {allowed}."));

    [TestCase("0")]
    [TestCase("-1")]
    [TestCase("all")]
    public void Keep_ThatIsNoCount_IsRefused(string keep) => Assert.That(
        async () => await FilmServiceHost.StartAsync($"Backups:Keep={keep}"),
        Throws.InstanceOf<InvalidConfigurationException>().With.Message.EqualTo($"The setting Backups:Keep is '{keep}'. Allowed: a whole number from 1 to 100000."));

    private async Task<List<string>> NamesAsync() =>
        (await GetAsync("/backups", Admin)).Json["items"]!.AsArray().Select(backup => (string)backup!["name"]!).ToList();

    // The schedule may not wait for the clock yet when it is advanced.
    private async Task AdvanceUntilAsync(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await isSo())
        {
            patience.Token.ThrowIfCancellationRequested();
            _clock.Advance(TimeSpan.FromMinutes(30));
        }
    }
}
