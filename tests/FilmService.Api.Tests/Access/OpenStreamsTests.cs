using FilmService.Api.Access.OAuth;
using FilmService.Api.Tests.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace FilmService.Api.Tests.Access;

/// <summary>An event stream ends when its caller's credentials are no longer valid.</summary>
public sealed class OpenStreamsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private FilmServiceHost _host = null!;
    private HttpClient _client = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _host = await FilmServiceHost.StartAsync(_clock, AccessRequests.Scoped);
        _client = _host.CreateClient();
    }

    [TearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }

    [TestCase("DELETE", "")]
    [TestCase("PUT", """{"password":"tops3cret","scopes":["films:read"]}""")]
    public async Task Stream_OfAUser_EndsWhenTheUserIsDeletedOrChanged(string method, string body)
    {
        await _client.PutUserAsync("ann", "tops3cret", "films:read");

        await AssertEndsAsync(
            AccessRequests.Basic("ann", "tops3cret"), () => _client.SendAsync(method, "/users/ann", body.Length == 0 ? null : HttpRequests.Json(body), AccessRequests.Root));
    }

    [Test]
    public async Task Stream_OfAKey_EndsWhenItIsRevoked()
    {
        var (id, text) = await _client.CreateKeyAsync("films:read");

        await AssertEndsAsync("X-API-Key: " + text, () => _client.SendAsync("DELETE", $"/api-keys/{id}", null, AccessRequests.Root));
    }

    [Test]
    public async Task Stream_OfAKey_EndsWhenItExpires()
    {
        var key = await _client.CreateKeyUntilAsync(_clock.GetUtcNow().AddMinutes(5));

        await AssertEndsAsync("X-API-Key: " + key, () => Pass(TimeSpan.FromMinutes(5)));
    }

    [Test]
    public async Task Stream_OfAClient_EndsWhenItIsDeleted()
    {
        var (id, secret) = await _client.CreateOAuthClientAsync("films:read");
        var token = await TokensTests.GetTokenAsync(_client, id, secret);

        await AssertEndsAsync(AccessRequests.Bearer(token), () => _client.SendAsync("DELETE", $"/oauth/clients/{id}", null, AccessRequests.Root));
    }

    [Test]
    public async Task Stream_OfAClient_EndsWhenItsTokenExpires()
    {
        var (id, secret) = await _client.CreateOAuthClientAsync("films:read");
        var token = await TokensTests.GetTokenAsync(_client, id, secret);

        await AssertEndsAsync(AccessRequests.Bearer(token), () => Pass(BuiltInIssuer.Lifetime));
    }

    [Test]
    public async Task Stream_OfAnother_GoesOn()
    {
        var (_, text) = await _client.CreateKeyAsync("films:read");
        var (other, _) = await _client.CreateKeyAsync("films:read");
        using var stream = await OpenAsync("X-API-Key: " + text, "text/event-stream");

        await _client.SendAsync("DELETE", $"/api-keys/{other}", null, AccessRequests.Root);
        await _client.SendAsync("PUT", "/films/9", HttpRequests.Json("""{"name":"Up","year":2009}"""), AccessRequests.Root);

        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync());
        Assert.That(await reader.ReadLineAsync().WaitAsync(Patience), Does.StartWith("id: "));
    }

    private Task Pass(TimeSpan time)
    {
        _clock.Advance(time);
        return Task.CompletedTask;
    }

    // Accepted by its exact media type, or by a range.
    private async Task AssertEndsAsync(string field, Func<Task> end)
    {
        using var named = await OpenAsync(field, "text/event-stream");
        using var ranged = await OpenAsync(field, "text/*");
        var whole = new[] { named, ranged }.Select(stream => stream.Content.ReadAsStringAsync()).ToArray();

        await end();

        foreach (var stream in whole)
        {
            Assert.That(async () => await stream.WaitAsync(Patience), Throws.InstanceOf<HttpRequestException>());
        }
    }

    private async Task<HttpResponseMessage> OpenAsync(string field, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/changes");
        request.Headers.Accept.ParseAdd(accept);
        request.Headers.TryAddWithoutValidation(field.Split(':')[0], field[(field.IndexOf(':', StringComparison.Ordinal) + 2)..]);
        var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.That(((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType), Is.EqualTo((200, "text/event-stream")));
        return response;
    }
}
