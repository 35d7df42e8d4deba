using System.Globalization;
using System.Text;
using FilmService.Api.Access.Authorization;
using FilmService.Api.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace FilmService.Api.Tests.Access;

public sealed class AuthorizationTableTests
{
    // A URL for each route, and what else a request needs to be valid.
    private static readonly Dictionary<string, string> Addresses = new() { ["{id}"] = "nothing-here", ["{name}"] = "nobody", ["{slug}"] = "malformed-request", ["{clientId}"] = "nobody" };

    [Test]
    public async Task EveryEndpoint_OfTheService_HasALineInTheTable()
    {
        await using var host = await FilmServiceHost.StartAsync();

        var missing = Endpoints(host).Where(endpoint => AuthorizationTable.Of(endpoint.Method, endpoint.Route) is RequiredAccess.Nobody);

        Assert.That(missing, Is.Empty, "Each route needs a line in AuthorizationTable.");
    }

    [Test]
    public async Task Route_WithoutALineInTheTable_LetsNobodyIn()
    {
        await using var host = await FilmServiceHost.StartAsync(app => app.MapGet("/forgotten", () => "secret"), AccessRequests.Scoped);
        var client = host.CreateClient();

        Assert.That((await client.SendAsync("GET", "/forgotten")).Status, Is.EqualTo(403));
        Assert.That((await client.SendAsync("GET", "/forgotten", null, AccessRequests.Root)).Status, Is.EqualTo(403));
    }

    /// <summary>
    /// Route × scheme × scope over HTTP on a service on which everybody must log in. 401 and 403 mean no access; anything else
    /// means access.
    /// </summary>
    [Test]
    public async Task Matrix_OfRouteAndSchemeAndScope_IsTheTable()
    {
        await using var host = await FilmServiceHost.StartAsync(AccessRequests.Scoped);
        var client = host.CreateClient();
        var callers = new List<(string Name, int Rank, string? Field)> { ("none", -1, null) };
        for (var rank = 0; rank < Scopes.All.Count; rank++)
        {
            var scope = Scopes.All[rank];
            await client.PutUserAsync($"user{rank}", "tops3cret", scope);
            var (id, secret) = await client.CreateOAuthClientAsync(scope);
            callers.Add(($"Basic {scope}", rank, AccessRequests.Basic($"user{rank}", "tops3cret")));
            callers.Add(($"key {scope}", rank, "X-API-Key: " + (await client.CreateKeyAsync(scope)).Text));
            callers.Add(($"token {scope}", rank, AccessRequests.Bearer(await TokensTests.GetTokenAsync(client, id, secret))));
        }

        var table = new StringBuilder($"{"",-50}{string.Join("", callers.Select(caller => $"{caller.Name,-20}"))}\n");
        var wrong = new List<string>();
        foreach (var (method, route) in Endpoints(host).Where(endpoint => endpoint.Method != "HEAD"))
        {
            table.Append((method + " /" + route).PadRight(50));
            foreach (var caller in callers)
            {
                var answer = await client.SendAsync(method, "/" + Addresses.Aggregate(route, (address, value) => address.Replace(value.Key, value.Value, StringComparison.Ordinal)), null, caller.Field is null ? [] : [caller.Field]);
                table.Append(answer.Status.ToString(CultureInfo.InvariantCulture).PadRight(20));
                var need = AuthorizationTable.Of(method, route);
                if (need is not (RequiredAccess.Client or RequiredAccess.Session) && Expected(need, caller.Rank, caller.Name) != (answer.Status is 401 or 403 ? answer.Status : 200))
                {
                    wrong.Add($"{method} /{route} for {caller.Name}: {answer.Status}");
                }
            }

            table.Append('\n');
        }

        await TestContext.Out.WriteLineAsync(table.ToString());
        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void Document_OfAccess_SaysWhatTheTableSays()
    {
        var lines = File.ReadAllLines(Repository.Path("docs/access.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal) && line.Contains(" /", StringComparison.Ordinal));
        var written = lines.Select(line => line.Split('|')).ToDictionary(cells => cells[1].Trim().Trim('`'), cells => cells[2].Trim().Trim('`'));

        Assert.That(written, Is.EqualTo(AuthorizationTable.All.ToDictionary(line => $"{line.Method} /{line.Route}", line => NameOf(line.RequiredAccess))));
    }

    private static string NameOf(RequiredAccess need) => need switch
    {
        RequiredAccess.Nothing => "nothing",
        RequiredAccess.LogIn => "any login",
        RequiredAccess.Read => "films:read",
        RequiredAccess.Write => "films:write",
        RequiredAccess.Admin => "admin",
        RequiredAccess.OwnKeys => "own keys; all with admin",
        RequiredAccess.Session => "what starts or ends a session",
        _ => "an OAuth client's secret",
    };

    private static int Expected(RequiredAccess need, int rank, string name)
    {
        var needed = need switch { RequiredAccess.LogIn or RequiredAccess.Read => 0, RequiredAccess.OwnKeys when name.StartsWith("Basic", StringComparison.Ordinal) => 0, RequiredAccess.OwnKeys => 2, RequiredAccess.Write => 1, RequiredAccess.Admin => 2, _ => -1 };

        return rank >= needed ? 200 : rank < 0 ? 401 : 403;
    }

    private static List<(string Method, string Route)> Endpoints(FilmServiceHost host) => host.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>()
        .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method => (method, endpoint.RoutePattern.RawText!.TrimStart('/'))))
        .Distinct()
        .OrderBy(endpoint => endpoint.Item2, StringComparer.Ordinal)
        .ToList();
}
