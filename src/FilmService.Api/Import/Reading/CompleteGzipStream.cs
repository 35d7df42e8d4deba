using System.IO.Compression;
using System.Security.Cryptography;

namespace FilmService.Api.Import.Reading;

/// <summary>
/// Decompresses gzip (RFC 1952) and notices if it is truncated or followed by something else, both of which the framework's own
/// stream takes for its end. A member of random bytes is appended to what is read: only if it comes out as it went in, everything
/// before it was complete.
/// </summary>
internal sealed class CompleteGzipStream : ReadingStream
{
    private const int SealLength = 32;

    private readonly byte[] _seal = RandomNumberGenerator.GetBytes(SealLength);
    private readonly byte[] _buffer = new byte[1 << 16];
    private readonly GZipStream _unpacked;
    private int _start;
    private int _end;
    private bool _isEnd;

    public CompleteGzipStream(Stream packed) =>
        _unpacked = new GZipStream(new SealedStream(packed, Pack(_seal)), CompressionMode.Decompress);

    /// <exception cref="InvalidDataException">It is not gzip, or not complete.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // The last bytes are held back: they may be the seal.
        while (!_isEnd && _end - _start <= SealLength)
        {
            await FillAsync(cancellationToken);
        }

        var count = Math.Min(buffer.Length, _end - _start - SealLength);
        _buffer.AsMemory(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        var read = await _unpacked.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += read;
        _isEnd = read == 0;
        if (_isEnd && (_end < SealLength || !_buffer.AsSpan(_end - SealLength, SealLength).SequenceEqual(_seal)))
        {
            throw new InvalidDataException();
        }
    }

    protected override void Dispose(bool disposing)
    {
        _unpacked.Dispose();
        base.Dispose(disposing);
    }

    private static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.NoCompression))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    /// <summary>A stream with something appended.</summary>
    private sealed class SealedStream(Stream inner, byte[] seal) : ReadingStream
    {
        private int _given = -1;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_given < 0 && await inner.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                return read;
            }

            var start = Math.Max(_given, 0);
            var count = Math.Min(buffer.Length, seal.Length - start);
            seal.AsMemory(start, count).CopyTo(buffer);
            _given = start + count;
            return count;
        }
    }
}
