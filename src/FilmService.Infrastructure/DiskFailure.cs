namespace FilmService.Infrastructure;

/// <summary>Says in words why the operating system has refused a file.</summary>
public static class DiskFailure
{
    // Linux and macOS (errno.h). .NET has exceptions of its own for EACCES, EPERM and ENOENT.
    private const int TryAgain = 11;
    private const int TryAgainMac = 35;
    private const int NoSpace = 28;
    private const int ReadOnlyDisk = 30;
    private const int QuotaLinux = 122;

    /// <summary>True if another process has locked the file.</summary>
    public static bool IsInUse(Exception exception) => exception is IOException { HResult: TryAgain or TryAgainMac } || (exception is IOException && IsWindowsSharing(exception.HResult));

    /// <summary>True if there is no room left.</summary>
    public static bool IsFull(Exception exception) => exception is IOException { HResult: NoSpace or QuotaLinux };

    /// <summary>The reason, in a sentence.</summary>
    public static string Describe(Exception exception) => exception switch
    {
        UnauthorizedAccessException => "the user that runs the service may not write there.",
        FileNotFoundException or DirectoryNotFoundException => "it does not exist.",
        PathTooLongException => "the path is too long.",
        { HResult: NoSpace } => "the disk is full.",
        { HResult: QuotaLinux } => "the disk quota is used up.",
        { HResult: ReadOnlyDisk } => "the disk is read-only.",
        _ when IsInUse(exception) => "another process uses it.",
        _ => exception.Message,
    };

    private static bool IsWindowsSharing(int result) => OperatingSystem.IsWindows() && (result & 0xffff) is 32 or 33;
}
