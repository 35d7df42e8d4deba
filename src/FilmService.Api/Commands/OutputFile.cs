using System.IO.Compression;

namespace FilmService.Api.Commands;

/// <summary>
/// A file that appears complete or not at all: it is written next to its destination and moved there at the end. Standard output
/// and devices are written directly.
/// </summary>
internal sealed class OutputFile : IAsyncDisposable
{
    private readonly string _path;
    private readonly string? _temporary;
    private readonly Stream _file;

    /// <exception cref="CommandException">The file cannot be written.</exception>
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
            throw new CommandException($"{path} cannot be written: {FileProblem.Of(exception)}");
        }

        Content = FileFormats.IsPacked(path) ? new GZipStream(_file, CompressionLevel.Optimal, leaveOpen: true) : _file;
    }

    /// <summary>The stream to write the file's contents to.</summary>
    public Stream Content { get; }

    /// <summary>Moves the file to its destination once it is complete and on disk.</summary>
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
