using FilmService.Api.Http.Results;
using FilmService.Domain.Writing;

namespace FilmService.Api.Search;

/// <summary>
/// A list of films as a consistent snapshot, streamed in constant memory. What has not been sent after a minute, or when the database
/// requests the snapshot's release, is spooled to a temporary file and sent from there: otherwise the snapshot would keep the
/// write-ahead log from being truncated for as long as the client likes. An error during streaming throws and so aborts the
/// connection: a response that ends cleanly is complete.
/// </summary>
internal sealed class FilmListResponse(IFilmList list, FilmListFormat format, FilmListView view, ExportSpool spool, SlowClients clients)
{
    private const int PieceLength = 1 << 16;

    /// <param name="context">Its request and response.</param>
    /// <param name="inPieces">False for a small list: it is serialised in one step, and its snapshot released before it is sent.</param>
    public async Task SendAsync(HttpContext context, bool inPieces)
    {
        var response = context.Response;
        var text = new FilmListSerializer(list, format, view, inPieces ? PieceLength : int.MaxValue);
        await text.NextAsync();

        response.ContentType = format.ContentType;
        if (format.FileName is { } fileName)
        {
            response.Headers.ContentDisposition = $"attachment; filename=\"{fileName}\"";
        }

        if (text.IsLast)
        {
            response.ContentLength = text.Piece.Length;
        }

        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await SendAsync(text, response, context.RequestAborted);
        }
    }

    private async Task SendAsync(FilmListSerializer text, HttpResponse response, CancellationToken aborted)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(aborted, list.ReleaseRequested);
        var release = text.IsLast || !list.ReleaseRequested.CanBeCanceled ? null : clients.WaitForRelease(end.Token);
        while (true)
        {
            // The pipe has copied the piece when the call returns, even if the client has not read it yet.
            var sending = clients.WriteAsync(response, text.Piece, aborted);
            if (release is not null && !text.IsLast && (!sending.IsCompleted || release.IsCompleted) && await Task.WhenAny(sending, release) == release)
            {
                await SpoolAsync(text, sending, response, aborted);
                break;
            }

            await sending;
            if (text.IsLast)
            {
                break;
            }

            await text.NextAsync();
        }

        await end.CancelAsync();
    }

    private async Task SpoolAsync(FilmListSerializer text, Task sending, HttpResponse response, CancellationToken aborted)
    {
        await using var rest = await spool.SpoolAsync(text, aborted);
        await sending;
        var buffer = new byte[PieceLength];
        while (await rest.ReadAsync(buffer, aborted) is > 0 and var length)
        {
            await clients.WriteAsync(response, buffer.AsMemory(0, length), aborted);
        }
    }
}
