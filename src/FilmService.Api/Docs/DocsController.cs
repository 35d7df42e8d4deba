using System.ComponentModel;
using FilmService.Api.Http.Results;
using FilmService.Api.Http.Strictness;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Docs;

/// <summary>Describes the service to programs.</summary>
[ApiController]
[Description("The service's OpenAPI description.")]
public sealed class DocsController(ApiDocumentText document) : ControllerBase
{
    /// <summary>Reads this document.</summary>
    /// <remarks>The page at `/docs` shows it and can send requests.</remarks>
    /// <response code="200">The document (OpenAPI 3.1).</response>
    /// <response code="304">The document has not changed since the ETag in If-None-Match.</response>
    [HttpGet("/openapi.json", Name = "getDocument"), HttpHead("/openapi.json")]
    [RequestFields("If-None-Match")]
    [ProducesResponseType<object>(StatusCodes.Status200OK, "application/json")]
    [ProducesResponseType(StatusCodes.Status304NotModified)]
    public async Task<ActionResult> Get()
    {
        var (json, etag) = await document.GetAsync();
        Response.Headers.ETag = etag;
        Response.Headers.CacheControl = "no-cache";
        return EntityTags.IsNotModified(Request, etag)
            ? StatusCode(StatusCodes.Status304NotModified)
            : new JsonBytesResult(json, StatusCodes.Status200OK);
    }
}
