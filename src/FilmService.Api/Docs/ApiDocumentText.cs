using System.Security.Cryptography;
using System.Text.Json.Nodes;
using FilmService.Api.Ui;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace FilmService.Api.Docs;

/// <summary>The OpenAPI document as served. It is the same for every request, so it is generated once.</summary>
public sealed class ApiDocumentText(IServiceProvider services)
{
    private readonly Lazy<Task<(byte[] Json, string ETag)>> _text = new(() => WriteAsync(services));

    public Task<(byte[] Json, string ETag)> GetAsync() => _text.Value;

    /// <summary>
    /// Writes the page's copy. Its requests go to where the page came from, whatever name that has; and it has no examples of
    /// optional parameters, because the page would send them all with every request that a reader tries.
    /// </summary>
    public async Task WriteForPageAsync(HttpResponse response)
    {
        var document = JsonNode.Parse((await GetAsync()).Json)!;
        document["servers"] = new JsonArray(new JsonObject { ["url"] = "/" });
        foreach (var parameter in document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).SelectMany(operation => operation.Value!["parameters"]?.AsArray() ?? []))
        {
            if (parameter!["required"] is null)
            {
                parameter.AsObject().Remove("example");
            }
        }

        if (services.GetRequiredService<UiSettings>().Enabled)
        {
            document["info"]!["description"] = $"{document["info"]!["description"]}\n\n[Pages for people]({UiSettings.Root}/films) show and change the films.";
        }

        response.Headers.CacheControl = "no-cache";
        await response.WriteAsJsonAsync(document);
    }

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
