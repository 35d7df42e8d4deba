namespace FilmService.Infrastructure;

/// <summary>
/// Files that live as long as one request, in a folder beside the database: who has room for the one has room for the other.
/// What a crash left there is removed at start.
/// </summary>
public sealed class TemporaryFiles
{
    private const int BufferLength = 1 << 16;

    private readonly string _folder;

    private TemporaryFiles(string folder) => _folder = folder;

    /// <summary>Makes the folder, or empties it. Nobody else may use it: hold the database first.</summary>
    /// <exception cref="InvalidConfigurationException">The folder cannot be written.</exception>
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

    /// <summary>Makes a new file, for reading and writing; it is removed when it is closed.</summary>
    /// <exception cref="IOException">The disk is full, or the folder is gone.</exception>
    public FileStream Create() => new(Path.Combine(_folder, Path.GetRandomFileName()), new FileStreamOptions
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.ReadWrite,
        Share = FileShare.None,
        BufferSize = BufferLength,
        Options = FileOptions.DeleteOnClose,
    });
}
