using System.Text.Json;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Http.Results;

/// <summary>JSON with a known Content-Length.</summary>
public sealed class JsonBytesResult(ReadOnlyMemory<byte> json, int status) : ActionResult
{
    /// <summary>Serialises a value in camelCase.</summary>
    public static JsonBytesResult Of<T>(T value, int status = StatusCodes.Status200OK) => new(JsonSerializer.SerializeToUtf8Bytes(value, Json.Options), status);

    public override Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.ContentLength = json.Length;
        return response.Body.WriteAsync(json, context.HttpContext.RequestAborted).AsTask();
    }
}
