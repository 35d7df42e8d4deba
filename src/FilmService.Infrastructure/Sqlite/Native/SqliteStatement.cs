using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FilmService.Infrastructure.Sqlite.Native;

/// <summary>
/// A prepared statement on SQLite's own interface, for the statements that every write or read of one film runs: there, an
/// ADO.NET command costs several times what SQLite does. Elsewhere commands are good enough. Not thread-safe.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    // Bytes of a text that can be encoded on the stack; names are rarely longer.
    private const int ShortText = 256;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly nint _handle;
    private int _bound;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
        _handle = _statement.DangerousGetHandle();
    }

    public SqliteStatement Bind(long? value)
    {
        _bound++;
        Check(value is { } number ? raw.sqlite3_bind_int64(_statement, _bound, number) : raw.sqlite3_bind_null(_statement, _bound));
        return this;
    }

    public SqliteStatement Bind(string? value)
    {
        if (value is null)
        {
            return Bind((long?)null);
        }

        // SQLite would treat an empty span as null.
        Span<byte> utf8 = stackalloc byte[ShortText];
        Check(value.Length > 0 && Encoding.UTF8.TryGetBytes(value, utf8, out var length)
            ? raw.sqlite3_bind_text(_statement, ++_bound, utf8[..length])
            : raw.sqlite3_bind_text(_statement, ++_bound, value));
        return this;
    }

    public SqliteStatement Bind(ReadOnlySpan<byte> value)
    {
        Check(raw.sqlite3_bind_blob(_statement, ++_bound, value));
        return this;
    }

    /// <summary>Executes it with the bound parameters, without reading rows.</summary>
    public void Run()
    {
        using var rows = Query();
        rows.Next();
    }

    /// <summary>Executes it with the bound parameters. The rows hold a snapshot until they are disposed.</summary>
    public Rows Query() => new(this);

    /// <summary>The row id of the connection's last insert.</summary>
    public long LastInsertedRow => raw.sqlite3_last_insert_rowid(_database);

    public void Dispose() => _statement.Dispose();

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, _database);

    /// <summary>The rows of one execution; columns are read from the current row of <see cref="Next"/>.</summary>
    public readonly struct Rows(SqliteStatement owner) : IDisposable
    {
        /// <summary>Moves to the next row; false at the end.</summary>
        public bool Next()
        {
            var code = NativeMethods.Step(owner._handle);
            owner.Check(code);
            return code == raw.SQLITE_ROW;
        }

        public bool IsNull(int column) => NativeMethods.Type(owner._handle, column) == raw.SQLITE_NULL;

        public bool IsText(int column) => NativeMethods.Type(owner._handle, column) == raw.SQLITE_TEXT;

        public long Number(int column) => NativeMethods.Number(owner._handle, column);

        public string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

        /// <summary>A blob, or text in UTF-8; valid until the next row.</summary>
        public ReadOnlySpan<byte> Bytes(int column) => NativeMethods.Bytes(owner._handle, column);

        /// <summary>Resets the statement. An error in it has already been reported by <see cref="Next"/>.</summary>
        public void Dispose()
        {
            raw.sqlite3_reset(owner._statement);
            owner._bound = 0;
        }
    }
}
