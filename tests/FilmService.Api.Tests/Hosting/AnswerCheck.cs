namespace FilmService.Api.Tests.Hosting;

/// <summary>Fails any test that receives a response not described in the API document.</summary>
public sealed class AnswerCheck(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    // The committed document; DocumentTests checks that it is the service's own.
    private static readonly ApiDescription Description = new(File.ReadAllText(Repository.Path("docs/openapi.json")));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        if (!request.RequestUri!.AbsolutePath.StartsWith("/docs", StringComparison.Ordinal) && !request.RequestUri.AbsolutePath.StartsWith("/ui", StringComparison.Ordinal)
            && !request.RequestUri.AbsolutePath.StartsWith("/session/oidc", StringComparison.Ordinal))
        {
            Check(request, answer, await ReadBodyAsync(answer, cancellationToken));
        }

        return answer;
    }

    // An event stream never ends on its own; its header fields are checked.
    private static async Task<byte[]> ReadBodyAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.Content.Headers.ContentType?.MediaType == "text/event-stream")
        {
            return [];
        }

        await answer.Content.LoadIntoBufferAsync(cancellationToken);
        return await answer.Content.ReadAsByteArrayAsync(cancellationToken);
    }

    private static void Check(HttpRequestMessage request, HttpResponseMessage answer, byte[] body)
    {
        var faults = Description.Faults(request.Method.Method, request.RequestUri!.AbsolutePath, answer, body).ToList();
        Assert.That(
            faults,
            Is.Empty,
            $"{request.Method} {request.RequestUri.PathAndQuery} was answered with {(int)answer.StatusCode}, and not as /openapi.json says: an example of it is missing in a file *.examples.http, or it is wrong.");
    }
}
