using System.Security.Cryptography;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace FilmService.Api.Docs;

/// <summary>The OpenAPI document as served. It is the same for every request, so it is generated once.</summary>
public sealed class ApiDocumentText(IServiceProvider services)
{
    private readonly Lazy<Task<(byte[] Json, string ETag)>> _text = new(() => WriteAsync(services));

    public Task<(byte[] Json, string ETag)> GetAsync() => _text.Value;

    private static async Task<(byte[] Json, string ETag)> WriteAsync(IServiceProvider services)
    {
        var provider = services.GetRequiredKeyedService<IOpenApiDocumentProvider>("v1");
        var document = await provider.GetOpenApiDocumentAsync();
        using var json = new MemoryStream();
        await document.SerializeAsJsonAsync(json, OpenApiSpecVersion.OpenApi3_1);
        var bytes = json.ToArray();
        return (bytes, $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8))}\"");
    }
}
