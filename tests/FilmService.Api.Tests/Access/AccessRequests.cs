using System.Globalization;
using System.Text;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Access;

/// <summary>Requests shared by the tests of access.</summary>
internal static class AccessRequests
{
    /// <summary>Settings of a service on which everybody must log in, with an administrator.</summary>
    public static readonly string[] Scoped =
    [
        "Access:Read=Scoped", "Access:Write=Scoped",
        "Authentication:Users:0:Name=root", "Authentication:Users:0:Password=correct horse", "Authentication:Users:0:Scopes:0=admin",
    ];

    /// <summary>The administrator's <c>Authorization</c> field.</summary>
    public static readonly string Root = Basic("root", "correct horse");

    /// <summary>A Basic <c>Authorization</c> field.</summary>
    public static string Basic(string name, string password) =>
        "Authorization: Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}"));

    /// <summary>A bearer <c>Authorization</c> field.</summary>
    public static string Bearer(string token) => "Authorization: Bearer " + token;

    /// <summary>Creates an API key; returns its id and its text.</summary>
    public static async Task<(string Id, string Text)> CreateKeyAsync(this HttpClient client, params string[] scopes)
    {
        var answer = await client.SendAsync("POST", "/api-keys", HttpRequests.Json($$"""{"name":"ci","scopes":{{Json(scopes)}}}"""), Root);
        Assert.That(answer.Status, Is.EqualTo(201), answer.Body);
        return (answer.Json["id"]!.GetValue<string>(), answer.Json["key"]!.GetValue<string>());
    }

    /// <summary>Creates an API key that can read until it expires; returns its text.</summary>
    public static async Task<string> CreateKeyUntilAsync(this HttpClient client, DateTimeOffset end)
    {
        var text = end.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var answer = await client.SendAsync("POST", "/api-keys", HttpRequests.Json($$"""{"name":"ci","scopes":["films:read"],"expiresAt":"{{text}}"}"""), Root);
        Assert.That(answer.Status, Is.EqualTo(201), answer.Body);
        return answer.Json["key"]!.GetValue<string>();
    }

    /// <summary>Creates an OAuth client; returns its id and its secret.</summary>
    public static async Task<(string Id, string Secret)> CreateOAuthClientAsync(this HttpClient client, params string[] scopes)
    {
        var answer = await client.SendAsync("POST", "/oauth/clients", HttpRequests.Json($$"""{"name":"nightly","scopes":{{Json(scopes)}}}"""), Root);
        Assert.That(answer.Status, Is.EqualTo(201), answer.Body);
        return (answer.Json["clientId"]!.GetValue<string>(), answer.Json["clientSecret"]!.GetValue<string>());
    }

    public static async Task PutUserAsync(this HttpClient client, string name, string password, params string[] scopes)
    {
        var answer = await client.SendAsync("PUT", "/users/" + name, HttpRequests.Json($$"""{"password":"{{password}}","scopes":{{Json(scopes)}}}"""), Root);
        Assert.That(answer.Status, Is.AnyOf(200, 201), answer.Body);
    }

    private static string Json(string[] scopes) => "[" + string.Join(',', scopes.Select(scope => $"\"{scope}\"")) + "]";
}
