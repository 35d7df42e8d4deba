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
    private static readonly Dictionary<(string Method, string Route), Need> Needs = new()
    {
        [("GET", "")] = Need.Nothing,
        [("GET", "hello_world")] = Need.LogIn,
        [("GET", "films")] = Need.Read,
        [("QUERY", "films")] = Need.Read,
        [("GET", "films/{id}")] = Need.Read,
        [("POST", "films")] = Need.Write,
        [("PUT", "films/{id}")] = Need.Write,
        [("PATCH", "films/{id}")] = Need.Write,
        [("DELETE", "films/{id}")] = Need.Write,
        [("GET", "films/{id}/history")] = Need.Read,
        [("POST", "films/{id}/restore")] = Need.Write,
        [("GET", "changes")] = Need.Read,
        [("GET", "users")] = Need.Admin,
        [("GET", "users/{name}")] = Need.Admin,
        [("PUT", "users/{name}")] = Need.Admin,
        [("DELETE", "users/{name}")] = Need.Admin,
        [("GET", "api-keys")] = Need.Admin,
        [("POST", "api-keys")] = Need.Admin,
        [("GET", "api-keys/{id}")] = Need.Admin,
        [("DELETE", "api-keys/{id}")] = Need.Admin,
        [("GET", "oauth/clients")] = Need.Admin,
        [("POST", "oauth/clients")] = Need.Admin,
        [("GET", "oauth/clients/{clientId}")] = Need.Admin,
        [("DELETE", "oauth/clients/{clientId}")] = Need.Admin,
        [("POST", "oauth/token")] = Need.Client,
        [("GET", ".well-known/oauth-authorization-server")] = Need.Nothing,
        [("GET", ".well-known/jwks.json")] = Need.Nothing,
        [("GET", "problems")] = Need.Nothing,
        [("GET", "problems/{slug}")] = Need.Nothing,
        [("GET", "openapi.json")] = Need.Nothing,
        [("GET", "health/live")] = Need.Nothing,
        [("GET", "health/ready")] = Need.Nothing,
    };

    /// <summary>All lines, for the tests and the documents that are checked against them.</summary>
    public static IReadOnlyDictionary<(string Method, string Route), Need> All => Needs;

    /// <summary>The need of a route; HEAD is GET.</summary>
    public static Need Of(string method, string? route) =>
        Needs.GetValueOrDefault((HttpMethods.IsHead(method) ? HttpMethods.Get : method, route?.TrimStart('/') ?? ""), Need.Nobody);
}
