using System.IO.Compression;

namespace FilmService.Api.Commands;

/// <summary>
/// A file that is there whole or not at all: it is written beside its place and put there at the end. The standard output and
/// devices are written as they are.
/// </summary>
internal sealed class OutputFile : IAsyncDisposable
{
    private readonly string _path;
    private readonly string? _temporary;
    private readonly Stream _file;

    /// <exception cref="CommandException">It cannot be written there.</exception>
    public OutputFile(string path)
    {
        try
        {
            _path = path == FileFormats.Standard ? path : Path.GetFullPath(path);
            _temporary = path == FileFormats.Standard || _path.StartsWith("/dev/", StringComparison.Ordinal) ? null : $"{_path}.{Path.GetRandomFileName()}.part";
            _file = path == FileFormats.Standard ? Console.OpenStandardOutput() : new FileStream(_temporary ?? _path, _temporary is null ? FileMode.Open : FileMode.CreateNew, FileAccess.Write);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{path} cannot be written: {exception.Message}");
        }

        Content = FileFormats.IsPacked(path) ? new GZipStream(_file, CompressionLevel.Optimal, leaveOpen: true) : _file;
    }

    /// <summary>Takes the bytes of the file.</summary>
    public Stream Content { get; }

    /// <summary>Puts the file in its place, now that it is whole and on the disk.</summary>
    public async Task FinishAsync()
    {
        if (Content != _file)
        {
            await Content.DisposeAsync();
        }

        await _file.FlushAsync();
        if (_temporary is not null)
        {
            ((FileStream)_file).Flush(flushToDisk: true);
            await _file.DisposeAsync();
            File.Move(_temporary, _path, overwrite: true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync();
        if (_temporary is not null)
        {
            File.Delete(_temporary);
        }
    }
}
