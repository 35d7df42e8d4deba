using FilmService.Api.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace FilmService.Api.Tests.Access;

public sealed class OpenStreamsTests
{
    [TestCase("user")]
    [TestCase("key")]
    [TestCase("client")]
    public async Task Stream_OfACaller_EndsWhenTheCredentialsAreTakenAway(string kind)
    {
        // A stream that never ends by itself, where the service has none.
        await using var host = await FilmServiceHost.StartAsync(app => app.Use(StreamAsync), AccessRequests.Scoped);
        var client = host.CreateClient();
        var (field, address) = await LogInAsync(client, kind);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/docs/stream");
        request.Headers.Accept.ParseAdd("text/event-stream");
        request.Headers.TryAddWithoutValidation(field.Split(':')[0], field[(field.IndexOf(':', StringComparison.Ordinal) + 2)..]);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.That((int)response.StatusCode, Is.EqualTo(200));
        var whole = response.Content.ReadAsStringAsync();

        Assert.That((await client.SendAsync("DELETE", address, null, AccessRequests.Root)).Status, Is.EqualTo(204));

        Assert.That(async () => await whole.WaitAsync(TimeSpan.FromSeconds(20)), Throws.InstanceOf<HttpRequestException>());
    }

    private static async Task<(string Field, string Address)> LogInAsync(HttpClient client, string kind)
    {
        switch (kind)
        {
            case "user":
                await client.PutUserAsync("ann", "tops3cret", "films:read");
                return (AccessRequests.Basic("ann", "tops3cret"), "/users/ann");
            case "key":
                var key = await client.CreateKeyAsync("films:read");
                return ("X-API-Key: " + key.Text, "/api-keys/" + key.Id);
            default:
                var (id, secret) = await client.CreateOAuthClientAsync("films:read");
                return (AccessRequests.Bearer(await TokensTests.GetTokenAsync(client, id, secret)), "/oauth/clients/" + id);
        }
    }

    private static async Task StreamAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path != "/docs/stream")
        {
            await next(context);
            return;
        }

        await context.Response.WriteAsync(": open\n\n");
        await context.Response.Body.FlushAsync();
        await Task.Delay(Timeout.Infinite, context.RequestAborted);
    }
}
