using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using FilmService.Api.Import.Reading;

namespace FilmService.Api.Commands.Reading;

/// <summary>A file of films, or the standard input, packed with gzip or not.</summary>
internal sealed class InputFile : IAsyncDisposable
{
    private static readonly byte[] GzipMagic = [0x1F, 0x8B];

    private readonly Stream _file;

    private InputFile(Stream file) => _file = file;

    /// <summary>The share of it that was read; null when its length cannot be known.</summary>
    public double? Share => _file.CanSeek && _file.Length > 0 ? (double)_file.Position / _file.Length : null;

    /// <summary>Opens the file at a path of the shell's folder.</summary>
    /// <exception cref="CommandException">It cannot be read.</exception>
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

    /// <summary>Its films.</summary>
    public async IAsyncEnumerable<InputRecord> ReadAsync(FileFormat format, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var text = await UnpackAsync(_file, cancellationToken);
        await foreach (var record in InputRecords.ReadAsync(text, format, cancellationToken))
        {
            yield return record;
        }
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    // What a file is shows in its first bytes, also on the standard input, which has no name.
    private static async Task<Stream> UnpackAsync(Stream packed, CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(packed, new StreamPipeReaderOptions(bufferSize: 64 * 1024));
        var first = (await pipe.ReadAtLeastAsync(GzipMagic.Length, cancellationToken)).Buffer;
        var isPacked = first.Length >= GzipMagic.Length && first.Slice(0, GzipMagic.Length).ToArray().AsSpan().SequenceEqual(GzipMagic);
        pipe.AdvanceTo(first.Start);
        return isPacked ? await UnpackAsync(new CompleteGzipStream(pipe.AsStream()), cancellationToken) : pipe.AsStream();
    }
}
