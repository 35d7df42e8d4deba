namespace FilmService.Api.Tests.Hosting;

/// <summary>Fails the test that sees an answer of which the API document does not tell.</summary>
public sealed class AnswerCheck(HttpMessageHandler inner, Uri service) : DelegatingHandler(inner)
{
    private static readonly Lock Gate = new();
    private static Task<ApiDescription>? description;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        if (!request.RequestUri!.AbsolutePath.StartsWith("/docs", StringComparison.Ordinal) && answer.Content.Headers.ContentType?.MediaType != "text/event-stream")
        {
            await answer.Content.LoadIntoBufferAsync(cancellationToken);
            await CheckAsync(request, answer, await answer.Content.ReadAsByteArrayAsync(cancellationToken));
        }

        return answer;
    }

    private async Task CheckAsync(HttpRequestMessage request, HttpResponseMessage answer, byte[] body)
    {
        var faults = (await DescriptionAsync()).Faults(request.Method.Method, request.RequestUri!.AbsolutePath, answer, body).ToList();
        Assert.That(
            faults,
            Is.Empty,
            $"{request.Method} {request.RequestUri.PathAndQuery} was answered with {(int)answer.StatusCode}, and not as /openapi.json says: an example of it is missing in a file *.examples.http, or it is wrong.");
    }

    // The same of every service, whatever its settings.
    private Task<ApiDescription> DescriptionAsync()
    {
        lock (Gate)
        {
            return description ??= ReadAsync(service);
        }
    }

    private static async Task<ApiDescription> ReadAsync(Uri service)
    {
        using var client = new HttpClient { BaseAddress = service };
        return new ApiDescription(await client.GetStringAsync("/openapi.json"));
    }
}
