using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Processes;

/// <summary>
/// Files that the service's user may not open, for example because a command was run as root. The tests run as root, so the service runs
/// as a user that has no rights.
/// </summary>
[Platform("Linux")]
public sealed class OrdinaryUserTests : ProcessTest
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Everybody = (UnixFileMode)0b111_111_111;

    private static readonly string Admin = "Authorization: Basic " + Convert.ToBase64String("admin:atCh_5K}?g"u8);

    private string Data => Path.Combine(Folder, "data");

    [SetUp]
    public void MakeFolders()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Assert.Ignore("Only root can run the service as another user.");
        }

        File.SetUnixFileMode(Folder, Everybody);
        File.SetUnixFileMode(Directory.CreateDirectory(Data).FullName, Everybody);
    }

    [TestCase("films.db")]
    [TestCase("films.db.lock")]
    [TestCase("films.db-wal")]
    [TestCase("films.db.run")]
    [TestCase("films.db.tmp/")]
    public async Task Start_FileOfAnotherUser_IsRefusedInWords(string name)
    {
        Own(name);

        Assert.That(await RefusalAsync(), Does.Contain(Path.Combine(Data, name.TrimEnd('/'))).Or.Contain($"'{DatabasePath}' cannot be opened for writing"));
    }

    [Test]
    public async Task Start_FolderThatMayNotBeWritten_IsRefusedInWords()
    {
        File.SetUnixFileMode(Data, OwnerAlone | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

        Assert.That(await RefusalAsync(), Does.Contain("the user that runs the service may not write there"));
    }

    [Test]
    public async Task Start_FolderThatCannotBeMade_IsRefusedInWords()
    {
        Directory.Delete(Data);
        File.SetUnixFileMode(Folder, OwnerAlone | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

        Assert.That(await RefusalAsync(), Does.Contain($"The folder of '{DatabasePath}' cannot be created: the user that runs the service may not write there"));
    }

    // It is only an aid on a full disk.
    [Test]
    public async Task Start_ReserveOfAnotherUser_Works()
    {
        Own("films.db.reserve");
        var service = RunAsNobody();
        await service.ListensAsync();
        using var client = service.CreateClient();

        Assert.That((await client.SendAsync("PUT", "/films/1", HttpRequests.Json("""{"name":"Up","year":2009}"""))).Status, Is.EqualTo(200));
    }

    [TestCase(OwnerAlone)]
    [TestCase(OwnerAlone | UnixFileMode.OtherRead | UnixFileMode.OtherExecute)]
    public async Task Backups_FolderOfAnotherUser_FailInWordsAndTheServiceGoesOn(UnixFileMode mode)
    {
        Own("backups/", mode);
        var service = RunAsNobody();
        await service.ListensAsync();
        using var client = service.CreateClient();

        var (listed, made) = (await client.SendAsync("GET", "/backups", null, Admin), await client.SendAsync("POST", "/backups", null, Admin));

        var isReadable = mode.HasFlag(UnixFileMode.OtherRead);
        Assert.That(listed.Status, Is.EqualTo(isReadable ? 200 : 500), listed.Body);
        Assert.That((made.Status, (string?)made.Json["type"]), Is.EqualTo((500, "/problems/backup-failed")));
        Assert.That((string?)made.Json["detail"], Does.Contain("Backups:Folder").And.Not.Contain("   at "));
        Assert.That((await client.SendAsync("GET", "/films/1")).Status, Is.EqualTo(200));
    }

    private void Own(string name, UnixFileMode mode = OwnerAlone)
    {
        var path = Path.Combine(Data, name);
        if (name.EndsWith('/'))
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            File.WriteAllText(path, "");
        }

        File.SetUnixFileMode(path, mode);
    }

    private FilmServiceProcess RunAsNobody() =>
        RunBy(["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"], "Development", "urls=http://127.0.0.1:0");

    private async Task<string> RefusalAsync()
    {
        var service = RunAsNobody();
        Assert.That(await service.EndsAsync(), Is.EqualTo(1), service.Errors);
        Assert.That(service.Errors, Does.StartWith("FilmService does not start. ").And.Not.Contain("   at "));
        Assert.That(service.Output, Has.None.Contain("   at "));
        return service.Errors;
    }
}
