using System.Diagnostics;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Processes;

/// <summary>Settings that are read from files.</summary>
public sealed class SettingFilesTests : ProcessTest
{
    private const string Password = "a pässword of its own";

    [TestCase(Password)]
    [TestCase(Password + "\n")]
    [TestCase(Password + "\r\n")]
    [TestCase("\uFEFF" + Password + "\n\n")]
    public async Task Start_PasswordInAFile_IsTheUsers(string content)
    {
        await WriteAsync("secret", content);
        var service = RunBy(
            ["env", "Authentication__Users__0__Password_File=secret"], "Production", "urls=http://127.0.0.1:0", "Authentication:Users:0:Name=me", "Authentication:Users:0:Scopes:0=films:write");
        await service.ListensAsync();

        Assert.That(await LogInAsync(service, Password), Is.EqualTo(200));
        Assert.That(await LogInAsync(service, "another password"), Is.EqualTo(401));
        Assert.That(string.Join('\n', service.Output), Does.Not.Contain(Password));
    }

    [Test]
    public async Task Start_SettingsInFiles_FromEverySource()
    {
        await WriteAsync("database", $"Data Source={Folder}/elsewhere.db\n");
        await WriteAsync("address", "http://127.0.0.1:0");
        await WriteAsync("days", "30");
        await WriteAsync("origin", "https://films.example");
        await WriteAsync("appsettings.json", """{"Changes":{"KeepDays_File":"days"},"Cors":{"Origins":["https://other.example"]}}""");
        var service = RunBy(
            ["env", "-u", "ConnectionStrings__Films", "ASPNETCORE_URLS_FILE=address", "SSL_CERT_FILE=/nowhere", "SSL_CERT=x", "OTHER__SECRET_FILE=/nowhere"], "Production",
            "ConnectionStrings:Films_File=database", "Cors:Origins:1_File=origin");
        await service.ListensAsync();

        using var client = service.CreateClient();
        Assert.That((await client.SendAsync("GET", "/films/1", null, "Origin: https://films.example")).Field("Access-Control-Allow-Origin"), Is.EqualTo("https://films.example"));
        Assert.That((await client.SendAsync("GET", "/films/1", null, "Origin: https://other.example")).Field("Access-Control-Allow-Origin"), Is.EqualTo("https://other.example"));
        Assert.That(File.Exists(Path.Combine(Folder, "elsewhere.db")), Is.True);
    }

    [TestCase("Changes:KeepDays_File=nowhere", "The setting Changes:KeepDays_File is 'nowhere'. Could not find file '*/nowhere'. Allowed: a file that the service may read")]
    [TestCase("Changes:KeepDays_File=", "The setting Changes:KeepDays_File is ''. It names no file.")]
    [TestCase("Changes:KeepDays_File=empty", "The setting Changes:KeepDays_File is 'empty'. It is empty.")]
    [TestCase("Changes:KeepDays_File=blank", "It is empty.")]
    [TestCase("Changes:KeepDays_File=huge", "It is larger than 64 KB.")]
    [TestCase("Changes:KeepDays_File=/dev/zero", "It is larger than 64 KB.")]
    [TestCase("Changes:KeepDays_File=binary", "It is not a text file.")]
    [TestCase("Changes:KeepDays_File=latin1", "It is not a text file in UTF-8.")]
    [TestCase("Changes:KeepDays_File=.", "denied")]
    [TestCase("Changes:KeepDays_File=words", "The setting Changes:KeepDays is 'thirty'. Allowed: ")]
    [TestCase("Changes:KeepDays_File=days;Changes:KeepDays=30", "The settings Changes:KeepDays_File and Changes:KeepDays are both given. Allowed: one of them.")]
    [TestCase("Changes:KeepDays_File=days;Changes:KeepDays=", "are both given")]
    [TestCase("urls_File=nowhere", "The setting urls_File is 'nowhere'.")]
    [TestCase("Kestrel:Certificates:Default:Password_File=nowhere", "The setting Kestrel:Certificates:Default:Password_File is 'nowhere'.")]
    [TestCase("Authentication:Users:0:Name=me;Authentication:Users:0:PasswordHash_File=days", "The setting Authentication:Users:0:PasswordHash is '(not shown)'.")]
    [TestCase("Changes:KeepDay_File=days", "'Changes:KeepDay_File' is unknown. Did you mean 'Changes:KeepDays'?")]
    [TestCase("contentRoot_File=days", "'contentRoot_File' is unknown.")]
    [TestCase("Cors:Origins_File=days", "The setting Cors:Origins is '30'. Allowed: a list")]
    public async Task Start_FileThatIsNoValue_IsRefusedInWords(string settings, string reason)
    {
        await WriteAsync("days", "30");
        await WriteAsync("words", "thirty");
        await WriteAsync("empty", "");
        await WriteAsync("blank", "\r\n\n");
        await WriteAsync("huge", new string('1', (64 << 10) + 1));
        await WriteAsync("binary", "30\0");
        await File.WriteAllBytesAsync(Path.Combine(Folder, "latin1"), [0x33, 0xE9]);

        Assert.That(await RefusalAsync("Production", settings.Split(';')), Does.Contain(reason.Replace("*", Folder, StringComparison.Ordinal)));
        Assert.That(Directory.Exists(Path.Combine(Folder, "data")), Is.False, "It made a database all the same.");
    }

    [Test, Platform("Linux")]
    public async Task Start_PipeThatNobodyWrites_IsRefused()
    {
        using (var make = Process.Start("mkfifo", [Path.Combine(Folder, "pipe")]))
        {
            await make.WaitForExitAsync();
        }

        Assert.That(await RefusalAsync("Production", "Changes:KeepDays_File=pipe"), Does.Contain("It cannot be read to its end."));
    }

    private Task WriteAsync(string name, string content) => File.WriteAllTextAsync(Path.Combine(Folder, name), content);

    private static async Task<int> LogInAsync(FilmServiceProcess service, string password)
    {
        using var client = service.CreateClient();
        return (await client.SendAsync("GET", "/hello_world", null, "Authorization: Basic " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"me:{password}")))).Status;
    }
}
