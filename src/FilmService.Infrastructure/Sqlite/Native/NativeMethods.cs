using System.Runtime.InteropServices;

namespace FilmService.Infrastructure.Sqlite.Native;

/// <summary>
/// SQLite's own functions for reading a row, from the library that SQLitePCLRaw has loaded. They take a few nanoseconds;
/// SQLitePCLRaw's safe handles and the transitions to native code would cost several times that, for each column of each row.
/// </summary>
internal static unsafe partial class NativeMethods
{
    private const string Library = "e_sqlite3";

    /// <summary>A blob, or text in UTF-8; valid until the next row.</summary>
    public static ReadOnlySpan<byte> Bytes(nint statement, int column) => new(Blob(statement, column), Length(statement, column));

    [LibraryImport(Library, EntryPoint = "sqlite3_step")]
    public static partial int Step(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_int64"), SuppressGCTransition]
    public static partial long Number(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_type"), SuppressGCTransition]
    public static partial int Type(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_blob"), SuppressGCTransition]
    private static partial void* Blob(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_bytes"), SuppressGCTransition]
    private static partial int Length(nint statement, int column);
}
