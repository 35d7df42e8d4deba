using FilmService.Infrastructure.Sqlite.Native;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>
/// Copies a database before it is migrated, because no migration can be undone. The copy is named after the first migration that it does
/// not have; nobody but the operator removes it.
/// </summary>
internal sealed partial class MigrationCopy(SqliteDatabase file, ILogger logger)
{
    private const int BytesPerMegabyte = 1_000_000;

    /// <summary>The copy is complete, and on disk, when it has its name.</summary>
    /// <exception cref="InvalidConfigurationException">There is no room for it.</exception>
    public void Write(SqliteConnection connection, string migration)
    {
        var copy = $"{file.Path}.before-{migration}";
        var bytes = new FileInfo(file.Path).Length;
        RefuseWithoutRoom(bytes);
        LogCopying(file.Path, bytes / BytesPerMegabyte, copy);
        var unfinished = copy + ".tmp";
        File.Delete(unfinished);
        connection.Run("VACUUM INTO $1", unfinished);
        using (var written = new FileStream(unfinished, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            written.Flush(flushToDisk: true);
        }

        File.Move(unfinished, copy, overwrite: true);
    }

    private void RefuseWithoutRoom(long bytes)
    {
        var free = new DriveInfo(Path.GetDirectoryName(file.Path)!).AvailableFreeSpace;
        if (free < bytes + DiskSpace.ReservedBytes)
        {
            throw new InvalidConfigurationException(
                $"'{file.Path}' has to be migrated to this version, and the disk has no room for a copy of it: {bytes / BytesPerMegabyte} MB are needed, {free / BytesPerMegabyte} MB are free. Make room, or make a backup elsewhere and set Database:CopyBeforeMigration to false.");
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Copying {Path} ({Megabytes} MB) to {Copy} before it is migrated")]
    private partial void LogCopying(string path, long megabytes, string copy);
}
