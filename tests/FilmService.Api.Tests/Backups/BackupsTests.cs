using FilmService.Api.Tests.Hosting;
using FilmService.Domain.Backups;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FilmService.Api.Tests.Backups;

/// <summary>Making, listing, downloading and deleting backups.</summary>
public sealed class BackupsTests : BackupTest
{
    [Test]
    public async Task Post_Always_MakesAVerifiedBackupThatIsADatabase()
    {
        await PutAsync("3", UpArguments);

        var answer = await PostBackupAsync();

        var name = (string)answer.Json["name"]!;
        Assert.That(name, Does.Match($"^films-[0-9]{{8}}T[0-9]{{9}}Z-{Revision(3)}\\.db$"));
        Assert.That(answer.Field("Location"), Is.EqualTo($"/backups/{name}"));
        var file = await DownloadAsync(name);
        Assert.That(answer.Body, Is.EqualTo(
            $$"""{"name":"{{name}}","revision":"{{Revision(3)}}","films":3,"bytes":{{file.Length}},"sha256":"{{Sha256(file)}}","verified":true}"""));
        Assert.That((await GetAsync("/backups", Admin)).Body, Is.EqualTo($$"""{"items":[{{answer.Body}}]}"""));
        Assert.That(FilmServiceProcess.Query(PathOf(name), "SELECT id FROM films"), Is.EqualTo(new[] { "1", "2", "3" }));
        Assert.That(Directory.GetFiles(BackupFolder).Select(Path.GetFileName), Is.EquivalentTo(new[] { name, name + ".json" }));
    }

    [Test]
    public async Task Post_WhileOthersWrite_IsEqualToTheCatalogueAtItsRevision()
    {
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 8).Select(writer => WriteUntilAsync(writer, stop.Token)).ToList();

        var names = new List<string>();
        for (var round = 0; round < 5; round++)
        {
            names.Add(await BackUpAsync());
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
        foreach (var name in names)
        {
            Assert.That(FilmServiceProcess.Query(PathOf(name), "SELECT epoch || '-' || number FROM revision").Single(), Is.EqualTo(name[26..^3]));
        }
    }

    [Test]
    public async Task PostGetAndDelete_Always_AreInTheAuditLog()
    {
        var name = await BackUpAsync();
        using var client = new HttpClient { BaseAddress = Host.Address };
        Assert.That((await client.SendAsync("HEAD", $"/backups/{name}", null, Admin)).Status, Is.EqualTo(200));
        Assert.That((await client.SendAsync("GET", $"/backups/{name}", null, Admin)).Status, Is.EqualTo(200));
        Assert.That((await client.SendAsync("DELETE", $"/backups/{name}", null, Admin)).Status, Is.EqualTo(204));

        var entries = (await GetAsync("/audit", Admin)).Json["items"]!.AsArray().Select(entry => $"{entry!["by"]} {entry["action"]} {entry["target"]}");
        Assert.That(entries.Where(entry => entry.Contains("backup", StringComparison.Ordinal)), Is.EqualTo(new[] { $"admin backup.created {name}", $"admin backup.downloaded {name}", $"admin backup.deleted {name}" }));
    }

    [Test]
    public async Task Get_Range_IsAPartOfTheFile()
    {
        var name = await BackUpAsync();
        var file = await DownloadAsync(name);

        var part = await GetFileAsync(name, "Range: bytes=100-199");
        Assert.That((part.Status, part.Field("Content-Range")), Is.EqualTo((206, $"bytes 100-199/{file.Length}")));
        Assert.That(await part.Message.Content.ReadAsByteArrayAsync(), Is.EqualTo(file[100..200]));
        Assert.That(await DownloadAsync(name, "Range: bytes=-7"), Is.EqualTo(file[^7..]));
        Assert.That(await DownloadAsync(name, "Range: bytes=9-", "If-Range: \"other\""), Is.EqualTo(file));
        Assert.That(await DownloadAsync(name, "Range: bytes=9-", $"If-Range: \"{Sha256(file)}\""), Is.EqualTo(file[9..]));
        var after = await GetFileAsync(name, $"Range: bytes={file.Length}-");
        AssertProblem(after, Problem("range-not-satisfiable", "The range does not exist", 416, $"The backup {name} has {file.Length} bytes.", $"/backups/{name}"));
        Assert.That(after.Field("Content-Range"), Is.EqualTo($"bytes */{file.Length}"));
    }

    [TestCase("application/vnd.sqlite3", 200)]
    [TestCase("*/*", 200)]
    [TestCase("application/json", 406)]
    public async Task Get_Accept_IsHonoured(string accept, int status)
    {
        var name = await BackUpAsync();

        Assert.That((await GetFileAsync(name, $"Accept: {accept}")).Status, Is.EqualTo(status));
    }

    [Test]
    public async Task Get_Conditionally_IsNotSentAgain()
    {
        var name = await BackUpAsync();
        var tag = $"\"{Sha256(await DownloadAsync(name))}\"";

        var head = await GetFileAsync(name, "HEAD");
        Assert.That((head.Status, head.Field("ETag"), head.Field("Accept-Ranges"), head.ContentType), Is.EqualTo((200, tag, "bytes", "application/vnd.sqlite3")));
        Assert.That((await GetFileAsync(name, $"If-None-Match: {tag}")).Status, Is.EqualTo(304));
        Assert.That((await GetFileAsync(name, "If-Unmodified-Since: Sun, 22 Nov 2015 18:00:00 GMT")).Status, Is.EqualTo(412));
        Assert.That((await GetAsync($"/backups/{name}", Admin, $"If-Match: {tag}")).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task Delete_WhileItIsDownloaded_LetsTheDownloadGoOn()
    {
        var name = await BackUpAsync();
        var whole = await DownloadAsync(name);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/backups/{name}");
        request.Headers.TryAddWithoutValidation("Authorization", Admin["Authorization: ".Length..]);
        using var client = new HttpClient { BaseAddress = Host.Address };
        using var download = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        Assert.That((await client.SendAsync("DELETE", $"/backups/{name}", null, Admin)).Status, Is.EqualTo(204));

        Assert.That(await download.Content.ReadAsByteArrayAsync(), Is.EqualTo(whole));
        Assert.That((await GetAsync($"/backups/{name}", Admin)).Status, Is.EqualTo(404));
        Assert.That(Directory.GetFiles(BackupFolder), Is.Empty);
    }

    [TestCase("films.db")]
    [TestCase("..%2Ffilms.db")]
    [TestCase("%2e%2e%2Ffilms.db")]
    [TestCase("..%5Cfilms.db")]
    [TestCase("films-20261122T030000000Z-k3f9-2.db%00")]
    [TestCase("films-20261122T030000000Z-k3f9-2.db.json")]
    [TestCase("films-20261322T030000000Z-k3f9-2.db")]
    [TestCase("films-20261122T030000000Z-k3f9-02.db")]
    [TestCase("films-20261122T030000000Z-k3f9-99999999999999999999.db")]
    [TestCase("backup.partial")]
    [TestCase("%2Fetc%2Fpasswd")]
    public async Task Name_OfAnotherFile_IsUnknown(string name)
    {
        await BackUpAsync();
        File.WriteAllText(PathOf("films-20261122T030000000Z-k3f9-2.db.json"), "{}");
        File.WriteAllText(PathOf("films-20261122T030000000Z-k3f9-02.db"), "");

        using var plain = new HttpClient { BaseAddress = Host.Address };
        Assert.That((await GetFileAsync(name)).Status, Is.EqualTo(404).Or.EqualTo(400));
        Assert.That((await plain.SendAsync("DELETE", $"/backups/{name}", null, Admin)).Status, Is.EqualTo(404).Or.EqualTo(400));
        Assert.That(File.Exists(Host.DatabasePath) && File.Exists(PathOf("films-20261122T030000000Z-k3f9-2.db.json")), Is.True);
    }

    [Test]
    public async Task List_FileThatWasCopiedThere_IsNotCalledVerified()
    {
        var name = await BackUpAsync();
        File.Copy(PathOf(name), PathOf("films-20261122T030000000Z-k3f9-2.db"));

        var copy = (await GetAsync("/backups", Admin)).Json["items"]![1]!;

        Assert.That(copy.ToJsonString(), Does.StartWith("""{"name":"films-20261122T030000000Z-k3f9-2.db","revision":"k3f9-2","films":null""").And.EndsWith("\"sha256\":null,\"verified\":false}"));
    }

    [Test]
    public async Task Post_TwiceAtOnce_MakesOneAndRefusesTheOther()
    {
        var backups = new HeldBackups();
        await using var host = await FilmServiceHost.StartWithAsync(services => services.Replace(ServiceDescriptor.Singleton<IBackupRepository>(backups)));
        using var client = new HttpClient { BaseAddress = host.Address };
        var first = client.SendAsync("POST", "/backups", null, Admin);
        await backups.Begun.Task;

        var second = await client.SendAsync("POST", "/backups", null, Admin);

        AssertProblem(second, Problem("backup-running", "A backup is being made", 409, "Another backup is being made. Wait until it is in the list.", "/backups"));
        backups.Made.SetResult(new Backup("films-20261122T030000000Z-k3f9-2.db", DateTimeOffset.UtcNow, new("k3f9", 2), 1) { Films = 2, Sha256 = "0" });
        Assert.That((await first).Status, Is.EqualTo(201));
    }

    [Test]
    public async Task Post_FolderThatCannotBeUsed_Fails()
    {
        await using var host = await FilmServiceHost.StartAsync("Backups:Folder=/dev/null/backups");
        using var client = host.CreateClient();

        var answer = await client.SendAsync("POST", "/backups", null, Admin);

        const string reason = "The folder of the backups (Backups:Folder) cannot be used: its disk is full, read-only or missing.";
        AssertProblem(answer, Problem("backup-failed", "The backup failed", 500, reason, "/backups"));
        Assert.That((await client.SendAsync("GET", "/films")).Body, Is.EqualTo(NewCatalogue));
    }

    // A crash in the middle of a backup.
    [Test]
    public async Task Start_AfterAnUnfinishedBackup_RemovesItsFiles()
    {
        var name = await BackUpAsync();
        await Host.RestartAsync(() =>
        {
            File.WriteAllText(PathOf("backup.partial"), "half");
            File.WriteAllText(PathOf("backup.partial-journal"), "half");
            File.WriteAllText(PathOf("films-20261122T030000000Z-k3f9-2.db.json.partial"), "{");
            File.WriteAllText(PathOf("films-20261122T030000000Z-k3f9-2.db.json"), "{}");
        });

        Assert.That(() => Directory.GetFiles(BackupFolder).Select(Path.GetFileName), Is.EquivalentTo(new[] { name, name + ".json" }).After(20_000, 20));
    }

    [Test]
    public async Task Files_OfBackups_AreTheUsersAlone()
    {
        await BackUpAsync();

        const UnixFileMode userAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.That(Directory.GetFiles(BackupFolder).Select(File.GetUnixFileMode), Is.All.EqualTo(userAlone));
        Assert.That(File.GetUnixFileMode(BackupFolder), Is.EqualTo(userAlone | UnixFileMode.UserExecute));
    }

    private async Task WriteUntilAsync(int writer, CancellationToken stop)
    {
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            var id = $"{writer}-{number % 50}";
            Assert.That((await (number % 5 == 4 ? DeleteAsync(id) : PutAsync(id, $$"""{"name":"Film {{number}}","year":2000}"""))).Status, Is.AnyOf(200, 201, 204, 404));
        }
    }

    /// <summary>Makes a backup for as long as the test wants.</summary>
    private sealed class HeldBackups : IBackupRepository
    {
        public TaskCompletionSource Begun { get; } = new();

        public TaskCompletionSource<Backup> Made { get; } = new();

        public Task<Backup> CreateAsync(CancellationToken cancellationToken)
        {
            Begun.SetResult();
            return Made.Task;
        }

        public void RemoveUnfinished()
        {
        }

        public IReadOnlyList<Backup> List() => [];

        public Backup? Find(string name) => null;

        public Stream? Open(string name) => null;

        public bool Remove(string name) => false;
    }
}
