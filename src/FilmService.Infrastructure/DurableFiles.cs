using System.Runtime.InteropServices;

namespace FilmService.Infrastructure;

/// <summary>Puts files on disk, so that they survive a loss of power.</summary>
internal static partial class DurableFiles
{
    public static void Sync(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(file);
    }

    /// <summary>Renames a file, replacing an existing one.</summary>
    public static void Move(string source, string target)
    {
        File.Move(source, target, overwrite: true);
        SyncFolder(target);
    }

    /// <summary>Puts the names in a file's folder on disk. Windows does it with each file.</summary>
    /// <exception cref="IOException">The folder cannot be opened or written.</exception>
    public static void SyncFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var folder = Open(Path.GetDirectoryName(path)!, 0);
        var isSynced = folder >= 0 && Sync(folder) == 0;
        if (folder >= 0)
        {
            _ = Close(folder);
        }

        if (!isSynced)
        {
            throw new IOException($"The folder of '{path}' cannot be written to disk.");
        }
    }

    // .NET opens no folders. open(2), fsync(2), close(2)
    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Sync(int file);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);
}
