using System.Buffers.Binary;
using FilmService.Infrastructure.Sqlite;

namespace FilmService.Infrastructure.Tests.Sqlite;

/// <summary>Reads a write-ahead log (https://sqlite.org/fileformat2.html#the_write_ahead_log).</summary>
internal static class WriteAheadLog
{
    private const int HeaderLength = 32;
    private const int FrameHeaderLength = 24;

    /// <summary>The number of transactions in the log: frames that end one contain the database's size.</summary>
    public static int CountCommits(string databasePath)
    {
        var log = Read(databasePath + "-wal");
        var frameLength = FrameHeaderLength + (int)BinaryPrimitives.ReadUInt32BigEndian(log.AsSpan(8));
        var salt = log.AsSpan(16, 8);
        var commits = 0;
        for (var frame = HeaderLength; frame + frameLength <= log.Length && log.AsSpan(frame + 8, 8).SequenceEqual(salt); frame += frameLength)
        {
            commits += BinaryPrimitives.ReadUInt32BigEndian(log.AsSpan(frame + 4)) > 0 ? 1 : 0;
        }

        return commits;
    }

    /// <summary>The number in the writer's next turn: the projection, a transaction of its own, has not come between.</summary>
    public static Task<int> CountCommitsAsync(this SqliteRepository catalog, string databasePath) =>
        catalog.RunAsync(_ => CountCommits(databasePath), default);

    private static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var log = new byte[file.Length];
        file.ReadExactly(log);
        return log;
    }
}
