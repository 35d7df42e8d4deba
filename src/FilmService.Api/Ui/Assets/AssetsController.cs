using FilmService.Api.Http.Problems;
using FilmService.Api.Http.Strictness;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Ui.Assets;

/// <summary>Serves the scripts and the style of the pages.</summary>
public sealed class AssetsController(UiAssets assets) : UiController
{
    [HttpGet("ui/assets/{name}"), HttpHead("ui/assets/{name}")]
    [Representations("text/javascript", "text/css")]
    public ActionResult Get(string name)
    {
        if (assets.Find(name) is not { } asset)
        {
            return new ProblemResult(new Problem(ProblemTypes.NotFound, StatusProblems.NothingAt(HttpContext)));
        }

        var headers = Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.Vary = "Accept-Encoding";
        var isCompressed = Gzip.IsAccepted(Request);
        if (isCompressed)
        {
            headers.ContentEncoding = Gzip.Coding;
        }

        return new AssetResult(isCompressed ? asset.Compressed.Value : asset.Bytes, asset.Type);
    }

    private sealed class AssetResult(byte[] bytes, string type) : ActionResult
    {
        public override Task ExecuteResultAsync(ActionContext context)
        {
            var response = context.HttpContext.Response;
            response.ContentType = type;
            response.ContentLength = bytes.Length;
            return response.Body.WriteAsync(bytes, 0, bytes.Length, CancellationToken.None);
        }
    }
}
