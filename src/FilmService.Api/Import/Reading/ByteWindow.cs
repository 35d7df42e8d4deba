namespace FilmService.Api.Import.Reading;

/// <summary>
/// Bytes read from a stream but not consumed yet. They are in one buffer, which the next <see cref="FillAsync"/> may move.
/// </summary>
internal sealed class ByteWindow(Stream stream)
{
    private byte[] _buffer = new byte[1 << 18];
    private int _start;
    private int _end;

    /// <summary>True if the stream has no more than <see cref="Bytes"/>.</summary>
    public bool IsEnd { get; private set; }

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(_start, _end - _start);

    public void Take(int count) => _start += count;

    /// <summary>Reads more. The buffer grows if nothing was consumed, so the caller sets the limit.</summary>
    public async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }

        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += read;
        IsEnd = read == 0;
    }
}
