using FilmService.Domain.Writing;

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
    /// <exception cref="InvalidConfigurationException">The folder is not writable. A full disk is no reason: it may have room later.</exception>
    public static TemporaryFiles In(string folder)
    {
        try
        {
            foreach (var file in Directory.CreateDirectory(folder).EnumerateFiles())
            {
                file.Delete();
            }

            Open(folder).Dispose();
        }
        catch (Exception exception) when (IsRefusal(exception) && !DiskFailure.IsFull(exception))
        {
            throw new InvalidConfigurationException($"'{folder}' is needed for temporary files next to the database, and cannot be written: {DiskFailure.Describe(exception)}");
        }
        catch (Exception exception) when (DiskFailure.IsFull(exception))
        {
        }

        return new TemporaryFiles(folder);
    }

    /// <summary>Creates a file for reading and writing; it is deleted when it is closed.</summary>
    /// <exception cref="CatalogUnavailableException">The folder is not writable.</exception>
    public FileStream Create()
    {
        try
        {
            // Somebody may have cleaned up.
            Directory.CreateDirectory(_folder);
            return Open(_folder);
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            throw Unavailable(exception);
        }
    }

    /// <summary>The exception for a temporary file that cannot be created, written or read.</summary>
    public static CatalogUnavailableException Unavailable(Exception exception) => new($"Temporary files cannot be written: {DiskFailure.Describe(exception)}", exception);

    private static bool IsRefusal(Exception exception) => exception is IOException or UnauthorizedAccessException;

    private static FileStream Open(string folder) => new(Path.Combine(folder, Path.GetRandomFileName()), new FileStreamOptions
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.ReadWrite,
        Share = FileShare.None,
        BufferSize = BufferLength,
        Options = FileOptions.DeleteOnClose,
    });
}
