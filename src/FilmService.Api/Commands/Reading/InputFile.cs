using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using FilmService.Api.Import.Reading;

namespace FilmService.Api.Commands.Reading;

/// <summary>A file of films or standard input, compressed with gzip or not.</summary>
internal sealed class InputFile : IAsyncDisposable
{
    private static readonly byte[] GzipMagic = [0x1F, 0x8B];

    private readonly Stream _file;

    private InputFile(Stream file) => _file = file;

    /// <summary>The share that has been read, from 0 to 1; null if the length is unknown.</summary>
    public double? Share => _file.CanSeek && _file.Length > 0 ? (double)_file.Position / _file.Length : null;

    /// <summary>Opens a file; the path is relative to the shell's folder.</summary>
    /// <exception cref="CommandException">The file cannot be read.</exception>
    public static InputFile Open(string path)
    {
        try
        {
            return new(path == FileFormats.Standard ? Console.OpenStandardInput() : File.OpenRead(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{path} cannot be read: {exception.Message}");
        }
    }

    public async IAsyncEnumerable<InputRecord> ReadAsync(FileFormat format, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var text = await UnpackAsync(_file, cancellationToken);
        await foreach (var record in InputRecords.ReadAsync(text, format, cancellationToken))
        {
            yield return record;
        }
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    // Compression is detected from the first bytes, which also works for standard input, which has no name.
    private static async Task<Stream> UnpackAsync(Stream packed, CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(packed, new StreamPipeReaderOptions(bufferSize: 64 * 1024));
        var first = (await pipe.ReadAtLeastAsync(GzipMagic.Length, cancellationToken)).Buffer;
        var isPacked = first.Length >= GzipMagic.Length && first.Slice(0, GzipMagic.Length).ToArray().AsSpan().SequenceEqual(GzipMagic);
        pipe.AdvanceTo(first.Start);
        return isPacked ? await UnpackAsync(new CompleteGzipStream(pipe.AsStream()), cancellationToken) : pipe.AsStream();
    }
}
