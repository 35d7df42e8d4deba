using FilmService.Api.Http.Results;
using FilmService.Domain.Search;
using FilmService.Domain.Writing;

namespace FilmService.Api.Search;

/// <summary>A list of films, written out piece by piece, each when it is asked for.</summary>
internal sealed class FilmListSerializer : IAsyncDisposable
{
    private const int PieceLength = 1 << 16;

    // Most lists are small, and need no piece of the full length.
    private readonly Utf8Buffer _piece = new();
    private readonly IFilmList _list;
    private readonly IFilmReader _films;
    private readonly FilmListWriter _writer;
    private bool _isBegun;
    private bool _isDisposed;

    public FilmListSerializer(IFilmList list, FilmListFormat format, FilmListView view)
    {
        _list = list;
        _films = list.Films;
        _writer = format.Open(_piece, view);
    }

    /// <summary>The piece that was written last; the next one takes its place.</summary>
    public ReadOnlyMemory<byte> Piece => _piece.Bytes;

    /// <summary>True when there is no piece behind it. The list's moment has been let go then.</summary>
    public bool IsLast { get; private set; }

    /// <summary>Writes the next piece.</summary>
    public async ValueTask NextAsync()
    {
        _piece.Clear();
        if (!_isBegun)
        {
            _writer.Begin();
            _isBegun = true;
        }

        while (_piece.Length < PieceLength)
        {
            if (!await _films.MoveNextAsync())
            {
                _writer.Finish();
                IsLast = true;
                await DisposeAsync();
                return;
            }

            _writer.Write(_films);
        }
    }

    /// <summary>Lets the list's moment go.</summary>
    public ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return default;
        }

        _isDisposed = true;
        return _list.DisposeAsync();
    }
}
