using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Access;

/// <summary>Requests with a session, as a page of the service sends them.</summary>
internal static class SessionRequests
{
    public const string SamePage = "Sec-Fetch-Site: same-origin";

    /// <summary>Logs in; returns the cookie as a request sends it.</summary>
    public static async Task<string> LogInAsync(this HttpClient client, string name, string password, params string[] fields)
    {
        var answer = await client.PostSessionAsync(name, password, fields);
        Assert.That(answer.Status, Is.EqualTo(204), answer.Body);
        return "Cookie: " + answer.Field("Set-Cookie")!.Split(';')[0];
    }

    public static Task<HttpAnswer> PostSessionAsync(this HttpClient client, string name, string password, params string[] fields) =>
        client.SendAsync("POST", "/session", new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = name, ["password"] = password }), fields);

    /// <summary>Who the service thinks the caller is; null if it thinks the caller is not logged in.</summary>
    public static async Task<string?> WhoAmIAsync(this HttpClient client, params string[] fields) =>
        (await client.SendAsync("GET", "/me", null, fields)).Json["name"]?.GetValue<string>();
}
