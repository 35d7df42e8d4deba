using FilmService.Domain.Films;
using FilmService.Domain.Search;
using FilmService.Infrastructure.Sqlite.Native;

namespace FilmService.Infrastructure.Sqlite.Search;

/// <summary>
/// Reads films directly from the rows of a statement of <see cref="FilmStatements"/>. Dispose it to reset the statement.
/// </summary>
internal sealed class FilmRows : IFilmReader, IDisposable
{
    private readonly SqliteStatement.Rows _row;
    private readonly string _epoch;
    private readonly Func<bool> _next;

    public FilmRows(SqliteStatement.Rows row, string epoch)
    {
        (_row, _epoch) = (row, epoch);
        _next = NextMatch;
    }

    /// <summary>True if the row's film matches.</summary>
    public bool IsMatch => _row.Number(FilmRowReader.ColumnCount) != 0;

    public ReadOnlySpan<byte> Id => _row.Bytes(0);

    public FieldBytes ValueOf(FilmField field) => _row.ReadBytes(field, first: 1);

    public Revision Revision => new(_epoch, _row.Number(FilmRowReader.RevisionColumn));

    public bool MoveNext() => SqliteFailure.Translate(_next);

    public ValueTask<bool> MoveNextAsync() => new(MoveNext());

    /// <summary>Moves to the next row, whether its film matches or not.</summary>
    public bool NextRow() => _row.Next();

    public Film ToFilm() => _row.ReadFilm(_epoch);

    public void Dispose() => _row.Dispose();

    private bool NextMatch()
    {
        while (NextRow())
        {
            if (IsMatch)
            {
                return true;
            }
        }

        return false;
    }
}
