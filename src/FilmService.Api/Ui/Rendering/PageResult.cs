using FilmService.Api.Http;
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
        response.ContentLength = html.Length;
        response.Headers.ContentSecurityPolicy = SecurityHeaders.FormsPolicy;

        // With 'no-referrer' a browser sends 'Origin: null' with a form, which says nothing about where the form is.
        response.Headers["Referrer-Policy"] = "same-origin";
        response.Headers.Vary = "HX-Request";
        if (response.Headers.CacheControl.Count == 0)
        {
            response.Headers.CacheControl = "private, no-cache";
        }

        await response.Body.WriteAsync(html, CancellationToken.None);
    }
}
