using System.Text.Json;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Http.Results;

/// <summary>JSON whose length is known before it is sent.</summary>
public sealed class JsonBytesResult(ReadOnlyMemory<byte> json, int status) : ActionResult
{
    /// <summary>Any value of the service's own, in camelCase.</summary>
    public static JsonBytesResult Of<T>(T value, int status = StatusCodes.Status200OK) => new(JsonSerializer.SerializeToUtf8Bytes(value, Json.Options), status);

    /// <inheritdoc/>
    public override Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.ContentLength = json.Length;
        return response.Body.WriteAsync(json, context.HttpContext.RequestAborted).AsTask();
    }
}
