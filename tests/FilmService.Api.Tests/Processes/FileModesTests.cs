using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Processes;

/// <summary>Other users of the machine cannot read the service's files.</summary>
[Platform(Exclude = "Win")]
[UnsupportedOSPlatform("windows")]
public sealed class FileModesTests : ProcessTest
{
    private const UnixFileMode User = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode UserAndGroup = User | UnixFileMode.GroupRead;

    [Test]
    public async Task Files_OfANewService_AreItsUsersAlone()
    {
        var service = await StartAsync(
            "Development", "Serilog:WriteTo:0:Name=File", $"Serilog:WriteTo:0:Args:path={Path.Combine(Folder, "log", "service.log")}", "Serilog:WriteTo:0:Args:rollingInterval=Day");
        using var import = await BeginImportAsync(service);

        var files = Directory.GetFiles(Folder, "*", SearchOption.AllDirectories);
        var modes = files.ToDictionary(file => Path.GetRelativePath(Folder, file), File.GetUnixFileMode);

        Assert.That(modes.Keys, Is.SupersetOf(new[] { "data/films.db", "data/films.db-wal", "data/films.db-shm", "data/films.db.lock" }));
        Assert.That(modes.Keys, Has.One.StartsWith("data/films.db.tmp/"), "the staged lines");
        Assert.That(modes.Keys, Has.One.StartsWith("log/service"));
        Assert.That(modes.Where(file => file.Value != User), Is.Empty);
        Assert.That(Directory.GetDirectories(Folder).Select(File.GetUnixFileMode), Is.All.EqualTo(User | UnixFileMode.UserExecute));
    }

    /// <summary>An operator may have let a backup program read them.</summary>
    [Test]
    public async Task Files_OfAnExistingDatabase_KeepItsMode()
    {
        var service = await StartAsync();
        await service.TerminateAsync();
        await service.EndsAsync();
        File.SetUnixFileMode(DatabasePath, UserAndGroup);

        await StartAsync();

        Assert.That(new[] { "", "-wal", "-shm" }.Select(suffix => File.GetUnixFileMode(DatabasePath + suffix)), Is.All.EqualTo(UserAndGroup));
    }

    private static async Task<TcpClient> BeginImportAsync(FilmServiceProcess service)
    {
        var address = await service.ListensAsync();
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /films HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/x-ndjson\r\nExpect: 100-continue\r\nContent-Length: 1000\r\n\r\n"));
        await client.GetStream().ReadExactlyAsync(new byte[25]);
        return client;
    }
}
