using System.Buffers.Binary;
using System.IO.Hashing;

namespace FilmService.Infrastructure.Backups;

/// <summary>
/// A checksum of a backup in the backup itself: SQLite has none, so that a flipped bit in a name would go unnoticed. It is in two
/// fields of the file's header that are an application's own (application_id and user_version), so the file remains a plain database.
/// </summary>
internal static class BackupSeal
{
    // Offsets in the database header: https://sqlite.org/fileformat2.html#the_database_header
    private const int UserVersion = 60;
    private const int ApplicationId = 68;
    private const int HeaderLength = 100;
    private const uint Mark = 0x46534231; // FSB1

    /// <summary>Statements that remove the seal from a database, whose content will change.</summary>
    public const string Remove = "PRAGMA application_id = 0; PRAGMA user_version = 0";

    /// <summary>Seals a closed file.</summary>
    public static void Write(string path)
    {
        using var file = File.Open(path, FileMode.Open, FileAccess.ReadWrite);
        WriteField(file, ApplicationId, Mark);
        WriteField(file, UserVersion, Checksum(file));
    }

    /// <summary>True if the file is as it was sealed; null if it was never sealed.</summary>
    public static bool? IsIntact(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> header = stackalloc byte[HeaderLength];
        if (file.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength)
        {
            return false;
        }

        var (mark, stored) = (BinaryPrimitives.ReadUInt32BigEndian(header[ApplicationId..]), BinaryPrimitives.ReadUInt32BigEndian(header[UserVersion..]));
        return mark == Mark ? stored == Checksum(file) : (mark, stored) == (0, 0) ? null : false;
    }

    private static void WriteField(FileStream file, int offset, uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        file.Position = offset;
        file.Write(bytes);
    }

    // Of everything but the field that holds it.
    private static uint Checksum(FileStream file)
    {
        var (crc, buffer) = (new Crc32(), new byte[1 << 20]);
        file.Position = 0;
        for (var isFirst = true; file.Read(buffer) is > 0 and var count; isFirst = false)
        {
            if (isFirst)
            {
                buffer.AsSpan(UserVersion, sizeof(uint)).Clear();
            }

            crc.Append(buffer.AsSpan(0, count));
        }

        return crc.GetCurrentHashAsUInt32();
    }
}
