using System.Security.Cryptography;
using FilmService.Api.Tests.Hosting;
using FilmService.Infrastructure;

namespace FilmService.Api.Tests.Backups;

/// <summary>Base class for tests that make backups over HTTP and restore them.</summary>
public abstract class BackupTest : ServiceTest
{
    protected static readonly string Admin = Basic("admin", "atCh_5K}?g");

    /// <summary>A client without the check against the API document, which has no examples of downloads: they cannot name a backup.</summary>
    protected async Task<HttpAnswer> GetFileAsync(string name, params string[] fields)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = Host.Address };
        return await client.SendAsync(fields is ["HEAD"] ? "HEAD" : "GET", $"/backups/{name}", null, fields is ["HEAD"] ? [Admin] : [Admin, .. fields]);
    }

    protected string BackupFolder => Path.Combine(Host.Folder, "backups");

    protected Task<HttpAnswer> PostBackupAsync() => Client.SendAsync("POST", "/backups", null, Admin);

    /// <summary>Makes a backup; returns its name.</summary>
    protected async Task<string> BackUpAsync()
    {
        var answer = await PostBackupAsync();
        Assert.That(answer.Status, Is.EqualTo(201), answer.Body);
        Assert.That((bool)answer.Json["verified"]!, Is.True);
        return (string)answer.Json["name"]!;
    }

    /// <summary>Stops the service, restores a backup from a path, and starts the service.</summary>
    protected async Task<RestoredDatabase> RestoreAsync(string path, Action? meanwhile = null)
    {
        RestoredDatabase? restored = null;
        await Host.RestartAsync(() =>
        {
            meanwhile?.Invoke();
            restored = DatabaseFile.Restore(new DatabaseOptions($"Data Source={Host.DatabasePath}", "/", Seed: true), path);
        });
        Client.Dispose();
        Client = Host.CreateClient();
        return restored!;
    }

    protected string PathOf(string backup) => Path.Combine(BackupFolder, backup);

    protected async Task<byte[]> DownloadAsync(string name, params string[] fields)
    {
        var answer = await GetFileAsync(name, fields);
        return await answer.Message.Content.ReadAsByteArrayAsync();
    }

    protected static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
