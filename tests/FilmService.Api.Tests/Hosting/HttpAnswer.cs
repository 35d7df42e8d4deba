using System.Text.Json.Nodes;

namespace FilmService.Api.Tests.Hosting;

/// <summary>A completely read response, so that tests assert on bodies.</summary>
public sealed record HttpAnswer(int Status, string Body, HttpResponseMessage Message)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    /// <summary>The media type with its parameters.</summary>
    public string? ContentType => Message.Content.Headers.ContentType?.ToString();

    /// <summary>The value of a header field of the response or its content; null if it is missing.</summary>
    public string? Field(string name) =>
        Message.Headers.TryGetValues(name, out var values) || Message.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    /// <summary>The problem's body without its trace id, which differs each time.</summary>
    public string Problem
    {
        get
        {
            var problem = Json.AsObject();
            problem.Remove("traceId");
            return problem.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        }
    }
}

/// <summary>Requests in one line each.</summary>
public static class HttpRequests
{
    /// <summary>Sends a request; fields are written as <c>If-Match: "k3f9-1"</c>.</summary>
    public static async Task<HttpAnswer> SendAsync(this HttpClient client, string method, string address, HttpContent? content = null, params string[] fields)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address) { Content = content };
        foreach (var field in fields)
        {
            var colon = field.IndexOf(':', StringComparison.Ordinal);
            request.Headers.TryAddWithoutValidation(field[..colon], field[(colon + 1)..].Trim());
        }

        var response = await client.SendAsync(request);
        return new HttpAnswer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response);
    }

    public static StringContent Json(string json) => new(json, System.Text.Encoding.UTF8, "application/json");
}
