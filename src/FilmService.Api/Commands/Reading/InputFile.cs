using System.Runtime.CompilerServices;
using System.Text;
using FilmService.Api.Import.Mapping;
using FilmService.Api.Import.Reading;

namespace FilmService.Api.Commands.Reading;

/// <summary>A file of films or standard input, compressed with gzip or not.</summary>
internal sealed class InputFile : IAsyncDisposable
{
    private const int GzipMagicLength = 2;

    private readonly Stream _file;
    private readonly Encoding? _encoding;

    private InputFile(Stream file, Encoding? encoding) => (_file, _encoding) = (file, encoding);

    /// <summary>The share that has been read, from 0 to 1; null if the length is unknown.</summary>
    public double? Share => _file.CanSeek && _file.Length > 0 ? (double)_file.Position / _file.Length : null;

    /// <summary>Opens a file; the path is relative to the shell's folder.</summary>
    /// <param name="encoding">The encoding of its text; null to find out.</param>
    /// <exception cref="CommandException">The file cannot be read.</exception>
    public static InputFile Open(string path, Encoding? encoding = null)
    {
        try
        {
            return new(path == FileFormats.Standard ? Console.OpenStandardInput() : File.OpenRead(path), encoding);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{path} cannot be read: {FileProblem.Of(exception)}");
        }
    }

    public async IAsyncEnumerable<InputRecord> ReadAsync(FileFormat format, FilmMapper mapper, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var text = await OpenTextAsync(cancellationToken);
        await foreach (var record in InputRecords.ReadAsync(text, format, mapper, cancellationToken))
        {
            yield return record;
        }
    }

    /// <summary>The message for a file that cannot be read to its end.</summary>
    public static CommandException Unreadable(UnreadableException exception) => new(exception.Line > 0
        ? $"The file cannot be read from line {exception.Line} on. {exception.Message}"
        : $"The file cannot be read. {exception.Message}");

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    private async Task<Stream> OpenTextAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await TextSource.OpenAsync(await UnpackAsync(_file, cancellationToken), _encoding, cancellationToken);
        }
        catch (UnreadableException exception)
        {
            throw Unreadable(exception);
        }
    }

    // Compression is detected from the first bytes, which also works for standard input, which has no name.
    private static async Task<Stream> UnpackAsync(Stream packed, CancellationToken cancellationToken)
    {
        var file = await PeekedStream.OpenAsync(packed, GzipMagicLength, cancellationToken);
        return FileKinds.IsGzip(file.First.Span) ? await UnpackAsync(new CompleteGzipStream(file), cancellationToken) : file;
    }
}
