namespace FilmService.Api.Import.Reading;

/// <summary>A stream whose first bytes have been looked at, and are read again.</summary>
internal sealed class PeekedStream(ReadOnlyMemory<byte> first, Stream rest) : ReadingStream
{
    private ReadOnlyMemory<byte> _first = first;

    /// <summary>The first bytes, fewer only if the stream is shorter.</summary>
    public ReadOnlyMemory<byte> First { get; } = first;

    public static async ValueTask<PeekedStream> OpenAsync(Stream stream, int count, CancellationToken cancellationToken)
    {
        var first = new byte[count];
        var read = await stream.ReadAtLeastAsync(first, count, throwOnEndOfStream: false, cancellationToken);
        return new PeekedStream(first.AsMemory(0, read), stream);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_first.IsEmpty)
        {
            return await rest.ReadAsync(buffer, cancellationToken);
        }

        var count = Math.Min(buffer.Length, _first.Length);
        _first[..count].CopyTo(buffer);
        _first = _first[count..];
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        rest.Dispose();
        base.Dispose(disposing);
    }
}
