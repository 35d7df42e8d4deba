using System.Net;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Processes;

public sealed class StartTests : ProcessTest
{
    private static readonly string[] OpenAddresses =
        ["urls=http://0.0.0.0:0", "urls=http://*:0", "urls=http://+:0", "urls=http://[::]:0", "urls=http://127.0.0.1:0;http://0.0.0.0:0", "http_ports=0", $"urls=http://{Dns.GetHostName()}:0"];

    [TestCaseSource(nameof(OpenAddresses))]
    public async Task Start_AnonymousWritesOnAnOpenAddress_IsRefused(string address)
    {
        var refusal = await RefusalAsync("Production", address, "Access:Write=Anonymous");

        Assert.That(refusal, Does.Contain("anyone may write").And.Contain("Access:Write"));
    }

    [TestCaseSource(nameof(OpenAddresses))]
    public async Task Start_PublishedPasswordOnAnOpenAddress_IsRefused(string address)
    {
        var refusal = await RefusalAsync("Development", address, "Access:Write=Scoped");

        Assert.That(refusal, Does.Contain("the password published in the documentation").And.Contain("Authentication:Users"));
    }

    [Test]
    public async Task Start_PublishedPasswordOfAnotherName_IsRefusedToo()
    {
        var refusal = await RefusalAsync("Production", "urls=http://0.0.0.0:0", "Authentication:Users:0:Name=me", "Authentication:Users:0:Password=atCh_5K}?g");

        Assert.That(refusal, Does.Contain("Authentication:Users").And.Not.Contain("atCh_5K"));
    }

    [Test]
    public async Task Start_ScopedWritesAndAPasswordOfItsOwnOnAnOpenAddress_Listens()
    {
        var service = Run("Development", "urls=http://0.0.0.0:0", "Access:Write=Scoped", "Authentication:Users:0:Name=me", "Authentication:Users:0:Password=correct horse");

        Assert.That((await service.ListensAsync()).Port, Is.Positive);
    }

    [Test]
    public async Task Start_WrongSettings_AreAllToldWithTheirValuesAndWhatIsAllowed()
    {
        var refusal = await RefusalAsync(
            "Production", "urls=nowhere", "http_ports=many", "Database:Provider=Oracle", "Films:Seed=perhaps", "Films:RequireIfMatch=1", "Access:Read=Nobody", "Access:Write=All",
            "Changes:KeepDays=0", "Authentication:Users:0:Name=a:b", "Authentication:Users:0:Password=secret", "Authentication:Users:0:Scopes:0=films:everything", "Films:Sed=true");

        string[] faults =
        [
            "The setting urls is 'nowhere'. Allowed: addresses", "The setting http_ports is 'many'. Allowed: ports from 0 to 65535",
            "The setting Database:Provider is 'Oracle'. Allowed: Sqlite", "The setting Films:Seed is 'perhaps'. Allowed: true, false", "The setting Films:RequireIfMatch is '1'. Allowed: true, false",
            "The setting Access:Read is 'Nobody'. Allowed: Anonymous, Scoped", "The setting Access:Write is 'All'. Allowed: Anonymous, Scoped", "The setting Changes:KeepDays is '0'. Allowed: ",
            "The setting Authentication:Users:0:Name is 'a:b'. Allowed: text of 1 to 100 characters", "The setting Authentication:Users:0:Scopes is 'films:everything'. Allowed: films:read, films:write, admin",
            "Films:Sed", "Films:Seed",
        ];
        Assert.That(faults.Where(fault => !refusal.Contains(fault, StringComparison.Ordinal)), Is.Empty, refusal);
        Assert.That(refusal, Does.Not.Contain("secret"));
        Assert.That(Directory.EnumerateFileSystemEntries(Folder), Is.Empty, "It made a database all the same.");
    }

    [TestCase(
        "Authentication:Users:0:Name=me;Authentication:Users:0:Password=a long one;Authentication:Users:1:Name=me;Authentication:Users:1:Password=another one",
        "The setting Authentication:Users is 'me'. Allowed: each name once")]
    [TestCase(
        "Authentication:OAuth:Authority=https://a.example;Authentication:OAuth:Audience=films;Authentication:OAuth:Issuer=https://b.example",
        "The setting Authentication:OAuth:Issuer is 'https://b.example'. Allowed: no value when Authentication:OAuth:Authority is set")]
    public async Task Start_SettingsThatContradictEachOther_AreRefusedInWords(string settings, string reason) =>
        Assert.That(await RefusalAsync("Production", settings.Split(';')), Does.Contain(reason));

    [TestCase("Database:Provider=PostgreSql", "PostgreSql is not supported yet")]
    [TestCase("ConnectionStrings:Films=films.db", "ConnectionStrings:Films is 'films.db'")]
    [TestCase("ConnectionStrings:Films=Data Source=:memory:", "it names no file")]
    [TestCase("ConnectionStrings:Films=Data Source=/proc/nowhere/films.db", "/proc/nowhere/films.db")]
    [TestCase("urls=http://127.0.0.1:99999", "The setting urls is 'http://127.0.0.1:99999'")]
    [TestCase("urls=http://127.0.0.1:port", "The setting urls is 'http://127.0.0.1:port'")]
    [TestCase("urls=http://192.0.2.1:0", "The setting urls is 'http://192.0.2.1:0'")]
    [TestCase("urls=http://127.0.0.1:0/films", "The setting urls is 'http://127.0.0.1:0/films'")]
    public async Task Start_WrongSetting_IsRefusedInWords(string setting, string reason) =>
        Assert.That(await RefusalAsync("Production", setting), Does.Contain(reason));

    [TestCase("--hlep", "'--hlep' is unknown. Did you mean '--help'?")]
    [TestCase("--verison --urls http://127.0.0.1:0", "'--verison' is unknown. Did you mean '--version'?")]
    [TestCase("--urls http://127.0.0.1:0 --version", "'--version' must be the only argument.")]
    [TestCase("--urls http://127.0.0.1:0 import films.csv", "'import' is unknown. A setting is written --name=value or --name value; a command, such as import, is the first argument.")]
    [TestCase("--urls http://127.0.0.1:0 --Films:Seed", "The setting --Films:Seed has no value.")]
    [TestCase("-p 8080", "'-p' is unknown.")]
    [TestCase("-p=8080", "'-p=8080' is unknown.")]
    public async Task Start_ArgumentThatWouldBeIgnored_IsRefused(string arguments, string reason)
    {
        var result = await CommandProcess.RunAsync(Folder, arguments.Split(' '));

        Assert.That((result.Code, result.Output), Is.EqualTo((1, "")));
        Assert.That(result.Error, Does.StartWith($"FilmService does not start. {reason}"));
        Assert.That(Directory.EnumerateFileSystemEntries(Folder), Is.Empty);
    }

    [TestCase("Development")]
    [TestCase("Production")]
    public async Task Start_Database_IsInTheLogWithItsFilms(string environment)
    {
        var first = await StartAsync(environment, "Films:Seed=false");
        await first.TerminateAsync();
        await first.EndsAsync();
        var second = await StartAsync(environment);
        await second.TerminateAsync();
        await second.EndsAsync();

        if (environment == "Development")
        {
            Assert.That(first.Output, Has.One.Match($"^\\[..:..:.. INF\\] Database {DatabasePath} \\(new\\): 0 films, revision [a-z0-9]+-0 *$"));
            Assert.That(second.Output, Has.One.Contains($"Database {DatabasePath} (existing): 0 films"));
        }
        else
        {
            Assert.That(first.Output, Has.One.Contains($"\"Path\":\"{DatabasePath}\",\"State\":\"new\",\"Films\":0"));
        }
    }

    [Test]
    public async Task Start_AddressInUse_IsRefused()
    {
        var first = await StartAsync();
        var address = (await first.ListensAsync()).GetLeftPart(UriPartial.Authority);

        var refusal = await RefusalAsync("Development", $"urls={address}", "ConnectionStrings:Films=Data Source=other.db", "Changes:KeepDays=30");

        Assert.That(refusal, Does.Contain($"The setting urls is '{address}'").And.Contain("in use"));
    }

    [Test]
    public async Task Start_FileOfARunningService_IsRefusedUntilItEnds()
    {
        var first = await StartAsync();

        Assert.That(await RefusalAsync("Development", "urls=http://127.0.0.1:0"), Does.Contain(DatabasePath).And.Contain("in use by another process"));

        await first.KillAsync();
        Assert.That(async () => await StartAsync(), Throws.Nothing);
    }

    [Test]
    public async Task Start_FolderThatIsMissing_IsMade()
    {
        await StartAsync("Development", "ConnectionStrings:Films=Data Source=some/where/films.db");

        Assert.That(File.Exists(Path.Combine(Folder, "some/where/films.db")), Is.True);
    }

    // The port may be in use on this machine: either way the program names the address that it tries to listen on.
    [Test]
    public async Task Start_WithoutAddress_ListensOnLoopbackPort5000()
    {
        var service = Run("Development");

        await Task.WhenAny(service.ListensAsync(), service.EndsAsync());

        Assert.That(string.Join('\n', service.Output) + service.Errors, Does.Contain("http://127.0.0.1:5000").And.Not.Contain("   at "));
    }
}
