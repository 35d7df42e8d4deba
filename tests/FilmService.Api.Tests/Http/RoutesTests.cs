using FilmService.Api.Tests.Access;
using FilmService.Api.Tests.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace FilmService.Api.Tests.Http;

/// <summary>Every route of the service, with odd spellings of its segments.</summary>
public sealed class RoutesTests : ServiceTest
{
    protected override string[] Settings => AccessRequests.Scoped;

    /// <summary>URLs are case-sensitive (RFC 3986 §6.2.2.1), in every segment that is not a parameter.</summary>
    [Test]
    public async Task Request_LiteralSegmentInAnotherLetterCase_Returns404()
    {
        foreach (var (method, route) in Routes())
        {
            var segments = route.Split('/');
            foreach (var changed in Enumerable.Range(0, segments.Length).Where(i => segments[i].Any(char.IsAsciiLetterLower) && segments[i][0] != '{'))
            {
                var path = Filled(segments.Select((segment, i) => i == changed ? segment.ToUpperInvariant() : segment), "1");

                var answer = await SendAsync(method, path);

                Assert.That((answer.Status, answer.Field("Allow")), Is.EqualTo((404, (string?)null)), $"{method} {path}");
            }
        }

        Assert.That((await SendAsync("OPTIONS", "/films/1/HISTORY")).Status, Is.EqualTo(404));
        Assert.That((await SendAsync("GET", "/films/1/history")).Status, Is.EqualTo(200));
        Assert.That((await SendAsync("GET", "/DOCS")).Status, Is.EqualTo(404));
        Assert.That((await SendAsync("GET", "/docs/INDEX.html")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Request_OddParameter_IsAnsweredAndNever500()
    {
        string[] odd =
        [
            "%20", "%20%20", "%00", "%09", "%0A", "%7F", "%C2%A0", "%E2%80%8B", "%E3%85%A4", "%EF%BF%BF", "%F0%90%80%80", "%2F", "%2f..", "%5C", "%25", "%252F", "%3F", "%23", "%FF", "%ED%A0%80", "%", "%zz",
            "%2e%2e%2e", "...", "~", "*", "+", ";a=b", "a:b", "@", "'", "%22", "{id}", "-1", "999999999999999999999", new string('a', 8000),
        ];
        var routes = Routes().Where(route => route.Path.Contains('{', StringComparison.Ordinal)).ToList();
        foreach (var (segment, (method, route)) in odd.SelectMany(segment => routes.Select(route => (segment, route))))
        {
            var path = Filled(route.Split('/'), segment);

            var answer = await Host.SendRawAsync($"{method} {path}", "{}", AccessRequests.Root, "Content-Type: application/json", "Content-Length: 2");

            Assert.That(answer.Status, Is.InRange(200, 499), $"{method} {path}");
            // The server itself rejects a zero byte, without a body.
            Assert.That(method == "HEAD" || segment == "%00" || answer.Status < 400 || answer.ContentType == (path.StartsWith("/ui/", StringComparison.Ordinal) ? "text/html; charset=utf-8" : "application/problem+json"), $"{method} {path}: {answer.ContentType}");
        }
    }

    [TestCase("/oauth/clients/%20", "OAuth client   doesn't exist")]
    [TestCase("/api-keys/%20", "API key   doesn't exist")]
    [TestCase("/users/%20", "User   doesn't exist")]
    public async Task Request_NameOfASpace_Returns404(string path, string detail)
    {
        foreach (var method in new[] { "GET", "DELETE" })
        {
            var answer = await SendAsync(method, path);

            Assert.That((answer.Status, (string?)answer.Json["detail"]), Is.EqualTo((404, detail)), method);
        }
    }

    private Task<HttpAnswer> SendAsync(string method, string path) => Client.SendAsync(method, path, null, AccessRequests.Root);

    private IEnumerable<(string Method, string Path)> Routes() => Host.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>()
        .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []).Select(method => (method, endpoint.RoutePattern.RawText!.Trim('/'))))
        .Distinct();

    private static string Filled(IEnumerable<string> segments, string value) =>
        "/" + string.Join('/', segments.Select(segment => segment.StartsWith('{') ? value : segment));
}
