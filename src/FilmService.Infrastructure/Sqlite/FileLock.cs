namespace FilmService.Infrastructure.Sqlite;

/// <summary>
/// Prevents a second process from opening a database file. The operating system holds the locks, and releases them when the process
/// ends, however it ends.
/// </summary>
/// <remarks>
/// One lock is on the database file itself, so that nobody can remove it by mistake, and a hard link to the file leads to it. It is a
/// flock(2), which is independent of SQLite's own locks on the file only on Linux. The other is on a file beside it, which earlier
/// versions use alone.
/// </remarks>
internal sealed class FileLock : IDisposable
{
    private readonly FileStream _beside;
    private readonly FileStream? _database;

    private FileLock(FileStream beside, FileStream? database) => (_beside, _database) = (beside, database);

    /// <summary>Creates the folder and the file if they do not exist.</summary>
    /// <exception cref="InvalidConfigurationException">Another process has the database open, or it cannot be written.</exception>
    public static FileLock Take(string databasePath)
    {
        CreateFolder(databasePath);
        var beside = Open(databasePath + ".lock", databasePath);
        try
        {
            return new FileLock(beside, OperatingSystem.IsLinux() ? Open(databasePath, databasePath) : null);
        }
        catch
        {
            beside.Dispose();
            throw;
        }
    }

    // SQLite loses its own locks when the process closes any handle of the file, so this one is open for as long as the database is.
    private static FileStream Open(string path, string databasePath)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (Exception exception) when (DiskFailure.IsInUse(exception))
        {
            throw new InvalidConfigurationException(
                $"'{databasePath}' is in use by another process. A database can be used by only one process: stop the other one, or name another file in ConnectionStrings:Films.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidConfigurationException($"'{path}' cannot be opened for writing: {(Directory.Exists(path) ? "it is a folder." : DiskFailure.Describe(exception))}");
        }
    }

    private static void CreateFolder(string databasePath)
    {
        var folder = Path.GetDirectoryName(databasePath)!;
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidConfigurationException($"The folder of '{databasePath}' cannot be created: {DiskFailure.Describe(exception)}");
        }
    }

    public void Dispose()
    {
        _database?.Dispose();
        _beside.Dispose();
    }
}
