using System.Buffers.Binary;
using System.Globalization;

namespace FilmService.Infrastructure.Tests.Sqlite;

/// <summary>Damages pages of a database file, as a failing disk does.</summary>
internal static class DamagedPages
{
    private const int PageLength = 4096;
    private const int InteriorIndex = 2;
    private const int InteriorTable = 5;

    private static readonly byte[] Garbage = [.. Enumerable.Repeat((byte)0xee, PageLength)];

    /// <summary>Overwrites pages of a table or index, which must have been moved from the log to the file.</summary>
    public static void Damage(this CatalogFolder folder, string name, Func<IReadOnlyList<long>, IEnumerable<long>> choose)
    {
        var root = long.Parse(folder.Query($"SELECT rootpage || '' FROM sqlite_schema WHERE name = '{name}'").Single(), CultureInfo.InvariantCulture);
        using var file = new FileStream(folder.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        foreach (var page in choose(PagesUnder(file, root)).ToList())
        {
            file.Position = (page - 1) * PageLength;
            file.Write(Garbage);
        }
    }

    // The root first, then the pages below it (https://sqlite.org/fileformat2.html#b_tree_pages).
    private static List<long> PagesUnder(FileStream file, long number)
    {
        var page = new byte[PageLength];
        file.Position = (number - 1) * PageLength;
        file.ReadExactly(page);
        var pages = new List<long> { number };
        if (page[0] is InteriorIndex or InteriorTable)
        {
            var cells = BinaryPrimitives.ReadUInt16BigEndian(page.AsSpan(3));
            for (var cell = 0; cell < cells; cell++)
            {
                pages.AddRange(PagesUnder(file, BinaryPrimitives.ReadUInt32BigEndian(page.AsSpan(BinaryPrimitives.ReadUInt16BigEndian(page.AsSpan(12 + (2 * cell)))))));
            }

            pages.AddRange(PagesUnder(file, BinaryPrimitives.ReadUInt32BigEndian(page.AsSpan(8))));
        }

        return pages;
    }
}
