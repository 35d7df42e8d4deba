using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using FilmService.Infrastructure.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite.Backups;

/// <summary>
/// The number of films at a revision, and the sum of their hashes, which does not depend on their order. The read model may lag
/// behind: its films count as far as no later change concerns them, and for the others the last change.
/// </summary>
internal readonly record struct CatalogDigest(long Films, UInt128 Sum)
{
    private const int FirstField = 1;

    /// <param name="films">A snapshot of the read model whose checkpoint is no later than the revision.</param>
    /// <param name="changes">A connection that has the changes through the revision.</param>
    public static CatalogDigest Of(SqliteConnection films, SqliteConnection changes, long revision, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var later = LaterFilms(changes, HeadTable.Read(films).Checkpoint, revision, buffer);
        var digest = later.Values.Aggregate(default(CatalogDigest), (sum, hash) => hash is { } one ? sum.With(one) : sum);
        using var statement = new SqliteStatement(films, $"SELECT {FilmRowReader.Columns} FROM films");
        using var row = statement.Query();
        while (row.Next())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (later.Count == 0 || !later.ContainsKey(row.Text(0)))
            {
                digest = digest.With(Hash(row, buffer));
            }
        }

        return digest;
    }

    private CatalogDigest With(UInt128 hash) => new(Films + 1, unchecked(Sum + hash));

    // By id; null if the film was deleted.
    private static Dictionary<string, UInt128?> LaterFilms(SqliteConnection changes, long after, long through, ArrayBufferWriter<byte> buffer)
    {
        var later = new Dictionary<string, UInt128?>();
        using var statement = new SqliteStatement(changes, $"SELECT {FilmRowReader.Columns} FROM changes WHERE revision > $1 AND revision <= $2 ORDER BY revision");
        using var row = statement.Bind(after).Bind(through).Query();
        while (row.Next())
        {
            later[row.Text(0)] = row.IsNull(FirstField) ? null : Hash(row, buffer);
        }

        return later;
    }

    // Each value with its length; a missing one, which the two tables store differently, counts as 0.
    private static UInt128 Hash(SqliteStatement.Rows row, ArrayBufferWriter<byte> buffer)
    {
        buffer.ResetWrittenCount();
        for (var column = 0; column < FilmRowReader.ColumnCount; column++)
        {
            var text = row.IsText(column) ? row.Bytes(column) : [];
            BinaryPrimitives.WriteInt64BigEndian(buffer.GetSpan(sizeof(long)), row.IsText(column) ? text.Length : row.Number(column));
            buffer.Advance(sizeof(long));
            buffer.Write(text);
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(buffer.WrittenSpan, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
