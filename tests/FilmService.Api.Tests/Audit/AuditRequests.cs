using System.Text.Json.Nodes;
using FilmService.Api.Tests.Access;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Audit;

/// <summary>Reads the audit log.</summary>
internal static class AuditRequests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>All entries, each as <c>by method action target detail count</c>, without the administrator's own logins.</summary>
    public static async Task<List<string>> ReadAuditAsync(this HttpClient client)
    {
        var answer = await client.SendAsync("GET", "/audit", null, AccessRequests.Root);
        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        return answer.Json["items"]!.AsArray().Select(entry => Describe(entry!)).Where(text => text != "root basic login").ToList();
    }

    /// <summary>Reads the log until it has this number of entries: no login waits until it is recorded.</summary>
    public static async Task<List<string>> WaitForAuditAsync(this HttpClient client, int count, Action? meanwhile = null)
    {
        for (var end = DateTime.UtcNow + Patience; ;)
        {
            var entries = await client.ReadAuditAsync();
            if (entries.Count >= count || DateTime.UtcNow > end)
            {
                return entries;
            }

            meanwhile?.Invoke();
        }
    }

    private static string Describe(JsonNode entry) =>
        string.Join(' ', new[] { "by", "method", "action", "target", "detail", "count" }.Select(name => entry[name]?.ToString()).OfType<string>());
}
