using FilmService.Api.Http.Results;
using FilmService.Domain.Search;
using FilmService.Domain.Writing;

namespace FilmService.Api.Search;

/// <summary>Serialises a list of films piece by piece, on request.</summary>
internal sealed class FilmListSerializer : IAsyncDisposable
{
    private const int PieceLength = 1 << 16;

    // Most lists are small and need no full-size piece.
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

    /// <summary>The last piece written; overwritten by the next one.</summary>
    public ReadOnlyMemory<byte> Piece => _piece.Bytes;

    /// <summary>True if there are no more pieces. The list's snapshot has then been released.</summary>
    public bool IsLast { get; private set; }

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

    /// <summary>Releases the list's snapshot.</summary>
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
