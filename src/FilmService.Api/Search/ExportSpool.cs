using FilmService.Api.Http.Problems;
using FilmService.Domain.Writing;
using FilmService.Infrastructure;

namespace FilmService.Api.Search;

/// <summary>
/// Spools the rest of exports to temporary files, one export at a time: if all of them began a minute ago, they would need the disk and
/// the processors at the same time.
/// </summary>
public sealed class ExportSpool(TemporaryFiles files, SearchSettings settings) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Reads the rest into a new file, which is deleted when it is closed.</summary>
    /// <exception cref="ResponseCutException">The rest is larger than an export may spool, or cannot be written.</exception>
    internal async Task<FileStream> SpoolAsync(FilmListSerializer rest, CancellationToken aborted)
    {
        await _turn.WaitAsync(aborted);
        try
        {
            return await FillAsync(CreateFile(), rest, aborted);
        }
        catch (IOException exception)
        {
            throw new ResponseCutException(TemporaryFiles.Unavailable(exception).Message);
        }
        finally
        {
            _turn.Release();
        }
    }

    private FileStream CreateFile()
    {
        try
        {
            return files.Create();
        }
        catch (CatalogUnavailableException exception)
        {
            throw new ResponseCutException(exception.Message);
        }
    }

    private async Task<FileStream> FillAsync(FileStream file, FilmListSerializer rest, CancellationToken aborted)
    {
        try
        {
            if (!await rest.TryCopyToAsync(file, settings.MaxSpooledBytesPerExport, aborted))
            {
                throw new ResponseCutException($"its client reads slowly, and what is left exceeds {settings.MaxSpooledBytesPerExport} bytes, its share of Exports:MaxSpooledBytes");
            }

            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    public void Dispose() => _turn.Dispose();
}
