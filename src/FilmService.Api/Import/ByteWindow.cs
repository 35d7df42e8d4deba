namespace FilmService.Api.Import;

/// <summary>Bytes of a stream that were read and not taken yet. They stand in one buffer, which the next <see cref="FillAsync"/> moves.</summary>
internal sealed class ByteWindow(Stream stream)
{
    private readonly byte[] _buffer = new byte[4 * IImportReader.MaxLineLength];
    private int _start;
    private int _end;

    /// <summary>True when the stream has no more than <see cref="Bytes"/>.</summary>
    public bool IsEnd { get; private set; }

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(_start, _end - _start);

    public void Take(int count) => _start += count;

    /// <summary>Reads more; there must be room for it.</summary>
    public async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += read;
        IsEnd = read == 0;
    }
}
