using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FilmService.Api.Tests.Films;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Changes;

/// <summary>Base class for tests that follow the changes.</summary>
public abstract partial class ChangesTest : WriteTest
{
    /// <summary>A change as <c>3 up 2009</c> or <c>4 up deleted</c>.</summary>
    public static string Brief(JsonNode change) =>
        $"{((string)change["Revision"]!).Split('-')[1]} {change["Id"]} {(change["Deleted"] is null ? change["Year"]!.ToString() : "deleted")}";

    /// <summary>The body with each time replaced with <c>AT</c> and the epoch with <c>k3f9</c>.</summary>
    protected string Fixed(string body) => Times().Replace(body, "\"AT\"").Replace(Revision(0).Split('-')[0], "k3f9", StringComparison.Ordinal);

    protected static List<string> Briefs(JsonNode page) => [.. page["items"]!.AsArray().Select(change => Brief(change!))];

    protected Task<List<string>> WalkAsync(string address) => WalkAsync(Client, address);

    /// <summary>Follows <c>next</c> until a page is empty.</summary>
    protected static async Task<List<string>> WalkAsync(HttpClient client, string address)
    {
        var all = new List<string>();
        while (true)
        {
            var answer = await client.SendAsync("GET", address);
            Assert.That(answer.Status, Is.EqualTo(200), address);
            if (Briefs(answer.Json) is not { Count: > 0 } briefs)
            {
                return all;
            }

            all.AddRange(briefs);
            address = (string)answer.Json["next"]!;
        }
    }

    /// <summary>Stores a film once per year given, which makes one revision each.</summary>
    protected async Task PutYearsAsync(string id, params int[] years)
    {
        foreach (var year in years)
        {
            await PutAsync(id, $$"""{"name":"Up","year":{{year}}}""");
        }
    }

    [GeneratedRegex(@"""\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z""")]
    private static partial Regex Times();
}
