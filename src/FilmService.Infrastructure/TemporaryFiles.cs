namespace FilmService.Infrastructure;

/// <summary>
/// Files that live as long as one request, in a folder beside the database, so that they use the same disk. Files left by a crash
/// are removed at start-up.
/// </summary>
public sealed class TemporaryFiles
{
    private const int BufferLength = 1 << 16;

    private readonly string _folder;

    private TemporaryFiles(string folder) => _folder = folder;

    /// <summary>Creates or empties the folder. No other process may use it, so lock the database first.</summary>
    /// <exception cref="InvalidConfigurationException">The folder is not writable.</exception>
    public static TemporaryFiles In(string folder)
    {
        try
        {
            foreach (var file in Directory.CreateDirectory(folder).EnumerateFiles())
            {
                file.Delete();
            }

            return new TemporaryFiles(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidConfigurationException($"'{folder}' cannot be written: it is needed for temporary files next to the database.");
        }
    }

    /// <summary>Creates a file for reading and writing; it is deleted when it is closed.</summary>
    /// <exception cref="IOException">The disk is full, or the folder was removed.</exception>
    public FileStream Create() => new(Path.Combine(_folder, Path.GetRandomFileName()), new FileStreamOptions
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.ReadWrite,
        Share = FileShare.None,
        BufferSize = BufferLength,
        Options = FileOptions.DeleteOnClose,
    });
}
