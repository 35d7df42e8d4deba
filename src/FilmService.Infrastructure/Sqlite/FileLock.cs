namespace FilmService.Infrastructure.Sqlite;

/// <summary>
/// Prevents a second process from opening a database file. The operating system holds the lock, on a file beside the database,
/// and releases it when the process ends, however it ends.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <exception cref="InvalidConfigurationException">
    /// Another process has the database open, or the folder is not writable.
    /// </exception>
    public static FileLock Take(string databasePath)
    {
        var path = databasePath + ".lock";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(databasePath)!);
            return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException)
        {
            throw new InvalidConfigurationException($"'{path}' cannot be written: the folder belongs to another user, or is read-only.");
        }
        catch (IOException exception) when (exception is not (PathTooLongException or DirectoryNotFoundException))
        {
            throw new InvalidConfigurationException(
                $"'{databasePath}' is in use by another process, or its folder cannot be created. A database can be used by only one process: stop the other one, or name another file in ConnectionStrings:Films.");
        }
    }

    public void Dispose() => _file.Dispose();
}
