using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>
/// Prevents a second process from opening a database file. The operating system holds the locks, and releases them when the process
/// ends, however it ends.
/// </summary>
/// <remarks>
/// One lock is on the database file itself, so that nobody can remove it by mistake, and a hard link to the file leads to it. It is an
/// open file description lock (fcntl(2)) of Linux on a byte that no database has: SQLite's own locks, on other bytes, are lost when the
/// process closes any handle of the file, and this one is not. Other programs may read the file. The other lock is on a file beside it,
/// which earlier versions use alone.
/// </remarks>
internal sealed partial class FileLock : IDisposable
{
    private const int SetLock = 37; // F_OFD_SETLK
    private const short WriteLock = 1; // F_WRLCK
    private const int TryAgain = 11; // EAGAIN
    private const int AccessDenied = 13; // EACCES

    // Far behind the largest database, and SQLite's own bytes at 1 GB.
    private const long LockedByte = long.MaxValue - 1;

    private readonly FileStream _beside;
    private readonly FileStream? _database;

    private FileLock(FileStream beside, FileStream? database) => (_beside, _database) = (beside, database);

    /// <summary>Creates the folder and the file if they do not exist.</summary>
    /// <exception cref="InvalidConfigurationException">Another process has the database open, or it cannot be written.</exception>
    public static FileLock Take(string databasePath)
    {
        CreateFolder(databasePath);
        var beside = Open(databasePath + ".lock", FileShare.None, databasePath);
        try
        {
            return new FileLock(beside, OperatingSystem.IsLinux() && Environment.Is64BitProcess ? OpenDatabase(databasePath) : null);
        }
        catch
        {
            beside.Dispose();
            throw;
        }
    }

    private static FileStream OpenDatabase(string path)
    {
        var database = Open(path, FileShare.ReadWrite | FileShare.Delete, path);
        var range = new LockedRange { Type = WriteLock, Start = LockedByte, Length = 1 };
        if (Control(database.SafeFileHandle, SetLock, ref range) == 0 || Marshal.GetLastPInvokeError() is not (TryAgain or AccessDenied))
        {
            // Without an error of these, the file system has no such locks.
            return database;
        }

        database.Dispose();
        throw InUse(path);
    }

    // SQLite loses its own locks when the process closes any handle of the file, so this one is open for as long as the database is.
    private static FileStream Open(string path, FileShare share, string databasePath)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, share, bufferSize: 0);
        }
        catch (Exception exception) when (DiskFailure.IsInUse(exception))
        {
            throw InUse(databasePath);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidConfigurationException($"'{path}' cannot be opened for writing: {(Directory.Exists(path) ? "it is a folder." : DiskFailure.Describe(exception))}");
        }
    }

    private static InvalidConfigurationException InUse(string databasePath) => new(
        $"'{databasePath}' is in use by another process. A database can be used by only one process: stop the other one, or name another file in ConnectionStrings:Films.");

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

    // struct flock of 64-bit Linux.
    [StructLayout(LayoutKind.Sequential)]
    private struct LockedRange
    {
        public short Type;
        public short Whence;
        public long Start;
        public long Length;
        public int Process;
    }

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(SafeFileHandle file, int command, ref LockedRange range);
}
