using System.Globalization;
using System.Text;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Access;

/// <summary>What the tests of access have in common.</summary>
internal static class AccessRequests
{
    /// <summary>The settings of a service where everybody must log in, with an administrator.</summary>
    public static readonly string[] Scoped =
    [
        "Access:Read=Scoped", "Access:Write=Scoped",
        "Authentication:Users:0:Name=root", "Authentication:Users:0:Password=correct horse", "Authentication:Users:0:Scopes:0=admin",
    ];

    /// <summary>The administrator's field.</summary>
    public static readonly string Root = Basic("root", "correct horse");

    /// <summary>A field of Basic.</summary>
    public static string Basic(string name, string password) =>
        "Authorization: Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}"));

    /// <summary>A field of a bearer.</summary>
    public static string Bearer(string token) => "Authorization: Bearer " + token;

    /// <summary>Makes an API key and answers its id and its text.</summary>
    public static async Task<(string Id, string Text)> CreateKeyAsync(this HttpClient client, params string[] scopes)
    {
        var answer = await client.SendAsync("POST", "/api-keys", HttpRequests.Json($$"""{"name":"ci","scopes":{{Json(scopes)}}}"""), Root);
        Assert.That(answer.Status, Is.EqualTo(201), answer.Body);
        return (answer.Json["id"]!.GetValue<string>(), answer.Json["key"]!.GetValue<string>());
    }

    /// <summary>Makes an API key that reads until then, and answers its text.</summary>
    public static async Task<string> CreateKeyUntilAsync(this HttpClient client, DateTimeOffset end)
    {
        var text = end.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var answer = await client.SendAsync("POST", "/api-keys", HttpRequests.Json($$"""{"name":"ci","scopes":["films:read"],"expiresAt":"{{text}}"}"""), Root);
        Assert.That(answer.Status, Is.EqualTo(201), answer.Body);
        return answer.Json["key"]!.GetValue<string>();
    }

    /// <summary>Makes an OAuth client and answers its id and its secret.</summary>
    public static async Task<(string Id, string Secret)> CreateOAuthClientAsync(this HttpClient client, params string[] scopes)
    {
        var answer = await client.SendAsync("POST", "/oauth/clients", HttpRequests.Json($$"""{"name":"nightly","scopes":{{Json(scopes)}}}"""), Root);
        Assert.That(answer.Status, Is.EqualTo(201), answer.Body);
        return (answer.Json["clientId"]!.GetValue<string>(), answer.Json["clientSecret"]!.GetValue<string>());
    }

    /// <summary>Makes a user.</summary>
    public static async Task PutUserAsync(this HttpClient client, string name, string password, params string[] scopes)
    {
        var answer = await client.SendAsync("PUT", "/users/" + name, HttpRequests.Json($$"""{"password":"{{password}}","scopes":{{Json(scopes)}}}"""), Root);
        Assert.That(answer.Status, Is.AnyOf(200, 201), answer.Body);
    }

    private static string Json(string[] scopes) => "[" + string.Join(',', scopes.Select(scope => $"\"{scope}\"")) + "]";
}
