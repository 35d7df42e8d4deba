using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FilmService.Infrastructure.Sqlite.Native;

/// <summary>
/// A prepared statement on SQLite's own interface, for what every write or read of one film runs: there, an ADO.NET command
/// costs several times what SQLite does. Elsewhere commands will do. Not for two threads at once.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    // Bytes of a text that needs no array on its way; names are seldom longer.
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

    /// <summary>Binds the next parameter.</summary>
    public SqliteStatement Bind(long? value)
    {
        _bound++;
        Check(value is { } number ? raw.sqlite3_bind_int64(_statement, _bound, number) : raw.sqlite3_bind_null(_statement, _bound));
        return this;
    }

    /// <inheritdoc cref="Bind(long?)"/>
    public SqliteStatement Bind(string? value)
    {
        if (value is null)
        {
            return Bind((long?)null);
        }

        // SQLite would take an empty span for null.
        Span<byte> utf8 = stackalloc byte[ShortText];
        Check(value.Length > 0 && Encoding.UTF8.TryGetBytes(value, utf8, out var length)
            ? raw.sqlite3_bind_text(_statement, ++_bound, utf8[..length])
            : raw.sqlite3_bind_text(_statement, ++_bound, value));
        return this;
    }

    /// <inheritdoc cref="Bind(long?)"/>
    public SqliteStatement Bind(ReadOnlySpan<byte> value)
    {
        Check(raw.sqlite3_bind_blob(_statement, ++_bound, value));
        return this;
    }

    /// <summary>Runs it with what is bound, for its effect.</summary>
    public void Run()
    {
        using var rows = Query();
        rows.Next();
    }

    /// <summary>Runs it with what is bound, for its rows. Until they are disposed it holds its snapshot.</summary>
    public Rows Query() => new(this);

    /// <summary>The row that the connection inserted last.</summary>
    public long LastInsertedRow => raw.sqlite3_last_insert_rowid(_database);

    public void Dispose() => _statement.Dispose();

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, _database);

    /// <summary>The rows of one run; the columns are those of the row that <see cref="Next"/> has come to.</summary>
    public readonly struct Rows(SqliteStatement owner) : IDisposable
    {
        /// <summary>Comes to the next row; false behind the last.</summary>
        public bool Next()
        {
            var code = NativeMethods.Step(owner._handle);
            owner.Check(code);
            return code == raw.SQLITE_ROW;
        }

        public bool IsNull(int column) => NativeMethods.Type(owner._handle, column) == raw.SQLITE_NULL;

        public long Number(int column) => NativeMethods.Number(owner._handle, column);

        public string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

        /// <summary>A blob, or text in UTF-8; valid until the next row.</summary>
        public ReadOnlySpan<byte> Bytes(int column) => NativeMethods.Bytes(owner._handle, column);

        /// <summary>Ends the run. Its failure, if it had one, was told by <see cref="Next"/>.</summary>
        public void Dispose()
        {
            raw.sqlite3_reset(owner._statement);
            owner._bound = 0;
        }
    }
}
