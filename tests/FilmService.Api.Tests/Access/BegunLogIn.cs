using System.Web;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Access;

/// <summary>A login at an external issuer that has begun in a browser.</summary>
/// <param name="Cookies">The field with the cookies that the browser keeps.</param>
/// <param name="Issuer">The address at the issuer that the browser was led to.</param>
internal sealed record BegunLogIn(string Cookies, Uri Issuer)
{
    public string State => Parameter("state");

    /// <summary>A code for which <see cref="FakeIssuer"/> gives a token with the right nonce.</summary>
    public string Code => Parameter("nonce");

    public string Parameter(string name) => HttpUtility.ParseQueryString(Issuer.Query)[name] ?? "";

    public static async Task<BegunLogIn> BeginAsync(HttpClient client, string query = "")
    {
        var answer = await client.SendAsync("GET", "/session/oidc" + query);
        Assert.That(answer.Status, Is.EqualTo(302), answer.Body);
        return new("Cookie: " + string.Join("; ", CookiesOf(answer).Select(cookie => cookie.Split(';')[0])), answer.Message.Headers.Location!);
    }

    /// <summary>Comes back from the issuer.</summary>
    public Task<HttpAnswer> CompleteAsync(HttpClient client, string? code = null, params string[] fields) =>
        ReturnAsync(client, $"code={Uri.EscapeDataString(code ?? Code)}&state={Uri.EscapeDataString(State)}", [Cookies, .. fields]);

    public static Task<HttpAnswer> ReturnAsync(HttpClient client, string query, params string[] fields) => client.SendAsync("GET", "/session/oidc/callback?" + query, null, fields);

    /// <summary>The session that an answer begins, as a request sends it; null if it begins none.</summary>
    public static string? SessionOf(HttpAnswer answer) =>
        CookiesOf(answer).Where(cookie => cookie.StartsWith("films-", StringComparison.Ordinal) && cookie.Contains("=fss_", StringComparison.Ordinal)).Select(cookie => "Cookie: " + cookie.Split(';')[0]).SingleOrDefault();

    public static IEnumerable<string> CookiesOf(HttpAnswer answer) => answer.Message.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [];
}
