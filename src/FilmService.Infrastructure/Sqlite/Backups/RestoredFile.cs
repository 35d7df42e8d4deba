using System.Globalization;

namespace FilmService.Infrastructure.Sqlite.Backups;

/// <summary>
/// The files of a restore beside the database: the one that is being prepared, and the one that is ready. Once it is ready, it takes
/// the database's place, now or at the next start. Until then the database is as it was.
/// </summary>
internal static class RestoredFile
{
    private const string Ready = ".restored";

    // The log and its index belong to the file beside which they are: a foreign one would be replayed.
    private static readonly string[] Companions = ["-wal", "-shm"];

    /// <summary>The path at which a database is prepared.</summary>
    public static string Preparing(string databasePath) => databasePath + ".restoring";

    /// <summary>Removes what an unfinished restore has left.</summary>
    public static void RemovePrepared(string databasePath)
    {
        foreach (var suffix in Companions.Append(""))
        {
            File.Delete(Preparing(databasePath) + suffix);
        }
    }

    /// <summary>Ends what a crash has interrupted: a database that is ready takes its place, and one that is not is removed.</summary>
    /// <remarks>The lock that it holds meanwhile is on the replaced file, so the new one must be locked afterwards.</remarks>
    public static void EndRestore(string databasePath)
    {
        if (File.Exists(databasePath + Ready) || File.Exists(Preparing(databasePath)))
        {
            using var held = FileLock.Take(databasePath);
            TakePlace(databasePath);
            RemovePrepared(databasePath);
        }
    }

    /// <summary>The prepared database is ready: from here on nothing leads back.</summary>
    public static void MakeReady(string databasePath)
    {
        DurableFiles.Sync(Preparing(databasePath));
        DurableFiles.Move(Preparing(databasePath), databasePath + Ready);
    }

    /// <summary>
    /// Puts a database that is ready in its place and moves the replaced one aside; it may be called again after a crash at any moment.
    /// </summary>
    /// <returns>The path of the replaced database; null if there was none.</returns>
    public static string? TakePlace(string databasePath)
    {
        var ready = new FileInfo(databasePath + Ready);
        if (!ready.Exists)
        {
            return null;
        }

        // After a crash it must be the same name.
        var aside = $"{databasePath}.replaced-{ready.LastWriteTimeUtc.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture)}";
        foreach (var companion in Companions.Where(companion => File.Exists(databasePath + companion)))
        {
            File.Move(databasePath + companion, aside + companion, overwrite: true);
        }

        // Taking the lock creates an empty file.
        var isReplaced = new FileInfo(databasePath) is { Exists: true, Length: > 0 };
        if (isReplaced)
        {
            // At each moment there is a file of the database's name: the replaced one gets a second name, then the new one its own.
            File.Replace(ready.FullName, databasePath, aside);
        }
        else
        {
            File.Move(ready.FullName, databasePath, overwrite: true);
        }

        DurableFiles.SyncFolder(databasePath);
        return isReplaced ? aside : null;
    }
}
