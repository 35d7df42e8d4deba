using System.Runtime.InteropServices;

namespace FilmService.Api.Hosting;

/// <summary>Keeps the service's files from other users of the machine.</summary>
internal static partial class PrivateFiles
{
    private const uint GroupAndOthers = 0b000_111_111;

    /// <summary>
    /// Makes every new file 0600 and every new folder 0700, no matter what creates it: SQLite, a log sink, or the service itself.
    /// Existing files keep their mode, and SQLite gives the files beside a database the database's mode.
    /// </summary>
    public static void RefuseOthers()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = SetMask(GroupAndOthers);
        }
    }

    // umask(2)
    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial uint SetMask(uint mask);
}
