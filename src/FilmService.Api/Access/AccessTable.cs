namespace FilmService.Api.Access;

/// <summary>What a route needs of its caller.</summary>
public enum Need
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>A log-in, whatever its scopes.</summary>
    LogIn,

    /// <summary><c>films:read</c>, unless <c>Access:Read</c> is <c>Anonymous</c>.</summary>
    Read,

    /// <summary><c>films:write</c>, unless <c>Access:Write</c> is <c>Anonymous</c>.</summary>
    Write,

    /// <summary><c>admin</c></summary>
    Admin,

    /// <summary>An OAuth client's own credentials, which the endpoint checks itself.</summary>
    Client,

    /// <summary>Nobody gets in: the route is not in the table.</summary>
    Nobody,
}

/// <summary>Which route needs what: the one table. A route that is not in it is open to nobody.</summary>
public static class AccessTable
{
    private static readonly Line[] Lines =
    [
        new("GET", "", Need.Nothing),
        new("GET", "hello_world", Need.LogIn),
        new("GET", "films", Need.Read),
        new("QUERY", "films", Need.Read),
        new("GET", "films/{id}", Need.Read),
        new("POST", "films", Need.Write),
        new("PUT", "films/{id}", Need.Write),
        new("PATCH", "films/{id}", Need.Write),
        new("DELETE", "films/{id}", Need.Write),
        new("GET", "films/{id}/history", Need.Read),
        new("POST", "films/{id}/restore", Need.Write),
        new("GET", "changes", Need.Read),
        new("GET", "users", Need.Admin),
        new("GET", "users/{name}", Need.Admin),
        new("PUT", "users/{name}", Need.Admin),
        new("DELETE", "users/{name}", Need.Admin),
        new("GET", "api-keys", Need.Admin),
        new("POST", "api-keys", Need.Admin),
        new("GET", "api-keys/{id}", Need.Admin),
        new("DELETE", "api-keys/{id}", Need.Admin),
        new("GET", "oauth/clients", Need.Admin),
        new("POST", "oauth/clients", Need.Admin),
        new("GET", "oauth/clients/{clientId}", Need.Admin),
        new("DELETE", "oauth/clients/{clientId}", Need.Admin),
        new("POST", "oauth/token", Need.Client),
        new("GET", ".well-known/oauth-authorization-server", Need.Nothing),
        new("GET", ".well-known/jwks.json", Need.Nothing),
        new("GET", "problems", Need.Nothing),
        new("GET", "problems/{slug}", Need.Nothing),
        new("GET", "openapi.json", Need.Nothing),
        new("GET", "health/live", Need.Nothing),
        new("GET", "health/ready", Need.Nothing),
    ];

    private static readonly Dictionary<string, Line[]> ByRoute = Lines.GroupBy(line => line.Route).ToDictionary(route => route.Key, route => route.ToArray());

    /// <summary>All lines, for the tests and the documents that are checked against them.</summary>
    internal static IReadOnlyList<Line> All => Lines;

    /// <summary>The need of a route; HEAD is GET.</summary>
    public static Need Of(string method, string? route)
    {
        var name = HttpMethods.IsHead(method) ? HttpMethods.Get : method;
        foreach (var line in ByRoute.GetValueOrDefault(route?.TrimStart('/') ?? "", []))
        {
            if (line.Method == name)
            {
                return line.Need;
            }
        }

        return Need.Nobody;
    }

    /// <summary>What one method of one route needs.</summary>
    internal sealed record Line(string Method, string Route, Need Need);
}
