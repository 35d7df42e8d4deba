using System.Diagnostics;

namespace FilmService.Infrastructure.Tests.Sqlite;

/// <summary>A disk of its own, in memory, which a test can fill or make read-only. Only root can mount one, as in CI.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const int MaxFill = 1 << 30;

    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    private string Filler => Path.Combine(Folder, "filler");

    /// <summary>Skips the test where disks cannot be mounted.</summary>
    public static SmallDisk Mount(int megabytes)
    {
        var folder = Directory.CreateTempSubdirectory("filmservice-disk-").FullName;
        if (!OperatingSystem.IsLinux() || Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder) != 0)
        {
            Directory.Delete(folder);
            Assert.Ignore("A disk of its own can be mounted only by root on Linux.");
        }

        return new SmallDisk(folder);
    }

    public void MakeReadOnly() => Assert.That(Run("mount", "-o", "remount,ro", Folder), Is.Zero);

    public void MakeWritable() => Assert.That(Run("mount", "-o", "remount,rw", Folder), Is.Zero);

    /// <summary>Leaves so many bytes.</summary>
    public void Fill(long except = 0)
    {
        var free = new DriveInfo(Folder).AvailableFreeSpace;
        Assert.That(free, Is.LessThan(MaxFill));
        using var filler = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        var piece = new byte[4096];
        for (; free - piece.Length >= except; free -= piece.Length)
        {
            filler.Write(piece);
        }
    }

    public void Free() => File.Delete(Filler);

    public void Dispose()
    {
        // A file that is still open keeps it busy: it goes when that is closed.
        Run("umount", "-l", Folder);
        Directory.Delete(Folder);
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
