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
}

/// <summary>Which route needs what: the one table. A route that is not in it is open to nobody but administrators.</summary>
public static class AccessTable
{
    private static readonly Dictionary<(string Method, string Route), Need> Needs = new()
    {
        [("GET", "")] = Need.Nothing,
        [("GET", "hello_world")] = Need.LogIn,
        [("GET", "films")] = Need.Read,
        [("GET", "films/{id}")] = Need.Read,
        [("GET", "films/{id}/history")] = Need.Read,
        [("GET", "changes")] = Need.Read,
        [("POST", "films")] = Need.Write,
        [("PUT", "films/{id}")] = Need.Write,
        [("PATCH", "films/{id}")] = Need.Write,
        [("POST", "films/{id}/restore")] = Need.Write,
        [("DELETE", "films/{id}")] = Need.Write,
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
        Needs.GetValueOrDefault((HttpMethods.IsHead(method) ? HttpMethods.Get : method, route?.TrimStart('/') ?? ""), Need.Admin);
}
