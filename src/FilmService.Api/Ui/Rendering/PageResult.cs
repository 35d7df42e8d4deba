using System.IO.Compression;
using FilmService.Api.Http;
using FilmService.Api.Ui.Assets;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Ui.Rendering;

/// <summary>A page, or the part of it that a script has requested.</summary>
/// <param name="page">The component of the page.</param>
/// <param name="part">The component of the part.</param>
/// <param name="status">The response's status code.</param>
public sealed class PageResult(Type page, Type part, PageModel model, int status) : ActionResult
{
    public override Task ExecuteResultAsync(ActionContext context) => WriteAsync(context.HttpContext);

    internal async Task WriteAsync(HttpContext context)
    {
        var request = PageContext.Of(context);
        var html = await context.RequestServices.GetRequiredService<PageRenderer>().RenderAsync(request.IsPart ? part : page, model, request);
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy = SecurityHeaders.FormsPolicy;

        // With 'no-referrer' a browser sends 'Origin: null' with a form, which says nothing about where the form is.
        response.Headers["Referrer-Policy"] = "same-origin";
        response.Headers.Vary = "HX-Request, Accept-Encoding";
        if (response.Headers.CacheControl.Count == 0)
        {
            response.Headers.CacheControl = "private, no-cache";
        }

        await SendAsync(context, html);
    }

    // A page that nobody may store shows a secret: its compressed length would tell something about it (BREACH).
    private static async Task SendAsync(HttpContext context, byte[] html)
    {
        var response = context.Response;
        if (Gzip.IsAccepted(context.Request) && response.Headers.CacheControl != "no-store")
        {
            response.Headers.ContentEncoding = Gzip.Coding;
            html = Gzip.Compress(html, CompressionLevel.Fastest);
        }

        response.ContentLength = html.Length;
        await response.Body.WriteAsync(html, CancellationToken.None);
    }
}
