using FilmService.Infrastructure.Backups;
using FilmService.Infrastructure.Sqlite;
using FilmService.Infrastructure.Sqlite.Backups;
using FilmService.Infrastructure.Sqlite.Native;
using static FilmService.Infrastructure.Tests.Sqlite.Writes;

namespace FilmService.Infrastructure.Tests.Sqlite.Backups;

/// <summary>Base class for tests of restores: a backup of two films, and a third one that was written after it.</summary>
public abstract class RestoreTest : IDisposable
{
    protected RestoreTest()
    {
        var catalog = Folder.Open(seed: true);
        Backup = BackUp();
        catalog.SaveAsync("3", Up).Wait();
        Folder.Close(catalog);
    }

    private protected CatalogFolder Folder { get; } = new();

    protected string Backup { get; }

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected RestoredDatabase Restore(string backup, string? stopBefore = null) => new DatabaseRestore(
        new SqliteDatabase($"Data Source={Folder.Path}", "/"), step => _ = step == stopBefore ? throw new OperationCanceledException() : step).Run(backup);

    protected static void Change(string database, string sql)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        connection.Execute(sql);
    }

    private string BackUp()
    {
        var folder = Path.Combine(Path.GetDirectoryName(Folder.Path)!, "backups");
        var backups = new SqliteBackups(new SqliteDatabase($"Data Source={Folder.Path}", "/"), new BackupFolder(folder), TimeProvider.System);
        return Path.Combine(folder, backups.CreateAsync(default).Result.Name);
    }
}
