using FilmService.Domain.Writing;
using FilmService.Infrastructure;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Search;

/// <summary>
/// A list of films as one moment saw it, streamed in constant memory. A list that is not sent after a minute is written aside,
/// to a temporary file, and sent from there: its moment would pin the database's write-ahead log for as long as the client likes.
/// A failure on the way throws, and so cuts the connection: an answer that ends cleanly is whole.
/// </summary>
internal sealed class FilmListResult(IFilmList list, FilmListFormat format, FilmListView view, TemporaryFiles files, TimeProvider clock) : ActionResult
{
    /// <summary>The longest that a client holds a moment of the database.</summary>
    public static readonly TimeSpan MaxMoment = TimeSpan.FromMinutes(1);

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
            await (text.IsLast ? SendWholeAsync(text, response, aborted) : SendAsync(text, response, aborted));
        }
    }

    // Its moment has been let go already.
    private static async Task SendWholeAsync(FilmListSerializer text, HttpResponse response, CancellationToken aborted) =>
        await response.BodyWriter.WriteAsync(text.Piece, aborted);

    private async Task SendAsync(FilmListSerializer text, HttpResponse response, CancellationToken aborted)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        var minute = Task.Delay(MaxMoment, clock, end.Token);
        while (true)
        {
            // The writer has its own copy of the piece when the call returns, also while the client does not take it.
            var sending = response.BodyWriter.WriteAsync(text.Piece, aborted);
            if (!sending.IsCompleted || minute.IsCompleted)
            {
                var sent = sending.AsTask();
                if (await Task.WhenAny(sent, minute) == minute && !text.IsLast)
                {
                    await SendAsideAsync(text, sent, response, aborted);
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

    private async Task SendAsideAsync(FilmListSerializer text, Task sent, HttpResponse response, CancellationToken aborted)
    {
        await using var aside = files.Create();
        while (!text.IsLast)
        {
            aborted.ThrowIfCancellationRequested();
            await text.NextAsync();
            await aside.WriteAsync(text.Piece, aborted);
        }

        aside.Position = 0;
        await sent;
        await aside.CopyToAsync(response.Body, aborted);
    }
}
