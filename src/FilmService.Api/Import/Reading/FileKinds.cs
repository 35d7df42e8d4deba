namespace FilmService.Api.Import.Reading;

/// <summary>Recognises files that are not text by their first bytes.</summary>
internal static class FileKinds
{
    private const string SaveAsCsv = "Save the sheet as CSV (UTF-8) in the spreadsheet program, and import that file.";

    // 7-Zip, RAR, bzip2, xz, Zstandard.
    private static readonly byte[][] Archives = [[0x37, 0x7A, 0xBC, 0xAF], [.. "Rar!"u8], [.. "BZh"u8], [0xFD, .. "7zXZ"u8], [0x28, 0xB5, 0x2F, 0xFD]];

    public static bool IsGzip(ReadOnlySpan<byte> first) => first.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]);

    /// <summary>What the file is and what to do with it; null if it may be text.</summary>
    public static string? AdviceFor(ReadOnlySpan<byte> first) =>
        first.StartsWith("PK\x03\x04"u8) ? AdviceForArchive(first)
        : first.StartsWith("PK\x05\x06"u8) ? "This is an empty zip archive."
        : first.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]) ? $"This is an old Excel workbook (.xls). {SaveAsCsv}"
        : first.StartsWith("%PDF"u8) ? "This is a PDF. Export the films as CSV or JSON, and import that file."
        : first.StartsWith("SQLite format 3\0"u8) ? "This is a SQLite database. Export the table as CSV, and import that file."
        : IsArchive(first) ? "This is an archive. Unpack it, and import the file inside; only gzip is unpacked here."
        : IsGzip(first) ? "This is compressed with gzip, which was not announced: send Content-Encoding: gzip."
        : null;

    private static bool IsArchive(ReadOnlySpan<byte> first)
    {
        var isArchive = false;
        foreach (var mark in Archives)
        {
            isArchive |= first.StartsWith(mark);
        }

        return isArchive;
    }

    // The first entry of the archive tells which program wrote it.
    private static string AdviceForArchive(ReadOnlySpan<byte> first) =>
        first.IndexOf("[Content_Types].xml"u8) >= 0 || first.IndexOf("xl/"u8) >= 0 || first.IndexOf("_rels/"u8) >= 0 ? $"This is an Excel workbook (.xlsx). {SaveAsCsv}"
        : first.IndexOf("opendocument"u8) >= 0 ? $"This is an OpenDocument file (.ods). {SaveAsCsv}"
        : "This is a zip archive. Unpack it, and import the file inside, such as watched.csv.";
}
