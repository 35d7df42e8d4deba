using FilmService.Api.Http.Results;
using FilmService.Domain.Search;
using FilmService.Domain.Writing;

namespace FilmService.Api.Search;

/// <summary>Serialises a list of films piece by piece, on request.</summary>
internal sealed class FilmListSerializer
{
    // Most lists are small and need no full-size piece.
    private readonly Utf8Buffer _piece = new();
    private readonly IFilmList _list;
    private readonly IFilmReader _films;
    private readonly FilmListWriter _writer;
    private readonly int _pieceLength;
    private bool _isBegun;

    public FilmListSerializer(IFilmList list, FilmListFormat format, FilmListView view, int pieceLength)
    {
        _list = list;
        _films = list.Films;
        _writer = format.Open(_piece, view);
        _pieceLength = pieceLength;
    }

    /// <summary>The last piece written; overwritten by the next one.</summary>
    public ReadOnlyMemory<byte> Piece => _piece.Bytes;

    /// <summary>True if there are no more pieces. The list's snapshot has then been released.</summary>
    public bool IsLast { get; private set; }

    public ValueTask NextAsync() => _list.ReadAsync(FillAsync);

    /// <summary>Writes the remaining pieces to a file; false if there are more bytes than these.</summary>
    public async Task<bool> TryCopyToAsync(Stream to, long maxBytes, CancellationToken aborted)
    {
        var length = 0L;
        await _list.ReadAsync(async () =>
        {
            while (!IsLast && length <= maxBytes)
            {
                aborted.ThrowIfCancellationRequested();
                await FillAsync();
                length += Piece.Length;
                if (length <= maxBytes)
                {
                    // Not asynchronously: this thread is there to wait, for the disk too.
                    to.Write(Piece.Span);
                }
            }
        });
        return length <= maxBytes;
    }

    private async ValueTask FillAsync()
    {
        _piece.Clear();
        if (!_isBegun)
        {
            _writer.Begin();
            _isBegun = true;
        }

        while (_piece.Length < _pieceLength)
        {
            if (!await _films.MoveNextAsync())
            {
                _writer.Finish();
                IsLast = true;
                _list.Release();
                return;
            }

            _writer.Write(_films);
        }
    }
}
