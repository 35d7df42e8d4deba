using FilmService.Domain.Writing;
using FilmService.Infrastructure;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Search;

/// <summary>
/// A list of films as a consistent snapshot, streamed in constant memory. What has not been sent after a minute, or when the database
/// requests the snapshot's release, is spooled to a temporary file and sent from there: otherwise the snapshot would keep the
/// write-ahead log from being truncated for as long as the client likes. An error during streaming throws and so aborts the
/// connection: a response that ends cleanly is complete.
/// </summary>
internal sealed class FilmListResult(IFilmList list, FilmListFormat format, FilmListView view, TemporaryFiles files, TimeProvider clock) : ActionResult
{
    /// <summary>The longest that a client can hold a snapshot of the database.</summary>
    public static readonly TimeSpan MaxSnapshotAge = TimeSpan.FromMinutes(1);

    public override async Task ExecuteResultAsync(ActionContext context)
    {
        var (request, response, aborted) = (context.HttpContext.Request, context.HttpContext.Response, context.HttpContext.RequestAborted);
        await using var text = new FilmListSerializer(list, format, view);
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

        if (!HttpMethods.IsHead(request.Method))
        {
            await (text.IsLast ? SendCompleteAsync(text, response, aborted) : SendAsync(text, response, aborted));
        }
    }

    // The snapshot has been released already.
    private static async Task SendCompleteAsync(FilmListSerializer text, HttpResponse response, CancellationToken aborted) =>
        await response.BodyWriter.WriteAsync(text.Piece, aborted);

    private async Task SendAsync(FilmListSerializer text, HttpResponse response, CancellationToken aborted)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(aborted, list.ReleaseRequested);
        var release = Task.Delay(MaxSnapshotAge, clock, end.Token);
        while (true)
        {
            // The pipe has copied the piece when the call returns, even if the client has not read it yet.
            var sending = response.BodyWriter.WriteAsync(text.Piece, aborted);
            if (!sending.IsCompleted || release.IsCompleted)
            {
                var sent = sending.AsTask();
                if (await Task.WhenAny(sent, release) == release && !text.IsLast)
                {
                    await SpoolAsync(text, sent, response, aborted);
                    break;
                }

                await sent;
            }
            else
            {
                await sending;
            }

            if (text.IsLast)
            {
                break;
            }

            await text.NextAsync();
        }

        await end.CancelAsync();
    }

    private async Task SpoolAsync(FilmListSerializer text, Task sent, HttpResponse response, CancellationToken aborted)
    {
        await using var spool = files.Create();
        while (!text.IsLast)
        {
            aborted.ThrowIfCancellationRequested();
            await text.NextAsync();
            await spool.WriteAsync(text.Piece, aborted);
        }

        spool.Position = 0;
        await sent;
        await spool.CopyToAsync(response.Body, aborted);
    }
}
