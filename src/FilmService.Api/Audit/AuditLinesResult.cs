using System.Text.Json;
using FilmService.Api.Http.Results;
using FilmService.Domain.Audit;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Audit;

/// <summary>The audit log as NDJSON: a page if there is a limit, else all entries that exist when the response begins.</summary>
internal sealed class AuditLinesResult(IAuditLog log, AuditPage page, int? limit) : ActionResult
{
    public override async Task ExecuteResultAsync(ActionContext context)
    {
        var (response, aborted, end) = (context.HttpContext.Response, context.HttpContext.RequestAborted, page.Last);
        var clients = context.HttpContext.RequestServices.GetRequiredService<SlowClients>();
        response.ContentType = AuditController.LinesType;
        if (HttpMethods.IsHead(context.HttpContext.Request.Method))
        {
            return;
        }

        for (var current = page; current.Items.Count > 0; current = await log.ReadAsync(current.Items[^1].Id, AuditController.MaxPage, aborted))
        {
            await clients.WriteAsync(response, Lines(current.Items.TakeWhile(entry => entry.Id <= end)), aborted);
            if (limit is not null || current.Items[^1].Id >= end)
            {
                return;
            }
        }
    }

    private static ReadOnlyMemory<byte> Lines(IEnumerable<AuditEntry> entries)
    {
        using var lines = new MemoryStream();
        foreach (var entry in entries)
        {
            JsonSerializer.Serialize(lines, AuditItem.Of(entry), Json.Options);
            lines.WriteByte((byte)'\n');
        }

        return lines.GetBuffer().AsMemory(0, (int)lines.Length);
    }
}
