namespace FilmService.Api.Access.Authorization;

/// <summary>The access that a route requires.</summary>
public enum RequiredAccess
{
    Nothing,

    /// <summary>Any login, whatever its scopes.</summary>
    LogIn,

    /// <summary><c>films:read</c>, unless <c>Access:Read</c> is <c>Anonymous</c>.</summary>
    Read,

    /// <summary><c>films:write</c>, unless <c>Access:Write</c> is <c>Anonymous</c>.</summary>
    Write,

    /// <summary><c>admin</c></summary>
    Admin,

    /// <summary><c>admin</c>; or a user of the database with a password or session, for API keys of their own.</summary>
    OwnKeys,

    /// <summary>An OAuth client's own credentials, which the endpoint checks itself.</summary>
    Client,

    /// <summary>What begins or ends a session, which the endpoint checks itself: a password in the body, a login at an external issuer, the session's cookie.</summary>
    Session,

    /// <summary>Closed to everyone: the route is not in the table.</summary>
    Nobody,
}

/// <summary>The required access of every route. A route that is not listed here is closed to everyone.</summary>
public static class AuthorizationTable
{
    private static readonly Line[] Lines =
    [
        new("GET", "", RequiredAccess.Nothing),
        new("GET", "hello_world", RequiredAccess.LogIn),
        new("GET", "films", RequiredAccess.Read),
        new("QUERY", "films", RequiredAccess.Read),
        new("GET", "films/{id}", RequiredAccess.Read),
        new("POST", "films", RequiredAccess.Write),
        new("POST", "imports", RequiredAccess.Write),
        new("PUT", "films/{id}", RequiredAccess.Write),
        new("PATCH", "films/{id}", RequiredAccess.Write),
        new("DELETE", "films/{id}", RequiredAccess.Write),
        new("GET", "films/{id}/history", RequiredAccess.Read),
        new("POST", "films/{id}/restore", RequiredAccess.Write),
        new("POST", "restore", RequiredAccess.Write),
        new("GET", "changes", RequiredAccess.Read),
        new("GET", "me", RequiredAccess.Nothing),
        new("PUT", "me/password", RequiredAccess.LogIn),
        new("POST", "session", RequiredAccess.Session),
        new("DELETE", "session", RequiredAccess.Session),
        new("GET", "session/oidc", RequiredAccess.Session),
        new("GET", "session/oidc/callback", RequiredAccess.Session),
        new("GET", "users", RequiredAccess.Admin),
        new("GET", "users/{name}", RequiredAccess.Admin),
        new("PUT", "users/{name}", RequiredAccess.Admin),
        new("DELETE", "users/{name}", RequiredAccess.Admin),
        new("GET", "api-keys", RequiredAccess.OwnKeys),
        new("POST", "api-keys", RequiredAccess.OwnKeys),
        new("GET", "api-keys/{id}", RequiredAccess.OwnKeys),
        new("DELETE", "api-keys/{id}", RequiredAccess.OwnKeys),
        new("GET", "oauth/clients", RequiredAccess.Admin),
        new("POST", "oauth/clients", RequiredAccess.Admin),
        new("GET", "oauth/clients/{clientId}", RequiredAccess.Admin),
        new("DELETE", "oauth/clients/{clientId}", RequiredAccess.Admin),
        new("GET", "webhooks", RequiredAccess.Admin),
        new("POST", "webhooks", RequiredAccess.Admin),
        new("GET", "webhooks/{id}", RequiredAccess.Admin),
        new("PATCH", "webhooks/{id}", RequiredAccess.Admin),
        new("DELETE", "webhooks/{id}", RequiredAccess.Admin),
        new("POST", "webhooks/{id}/rotate-secret", RequiredAccess.Admin),
        new("POST", "webhooks/{id}/replay", RequiredAccess.Admin),
        new("POST", "webhooks/{id}/test", RequiredAccess.Admin),
        new("GET", "webhooks/{id}/deliveries", RequiredAccess.Admin),
        new("GET", "audit", RequiredAccess.Admin),
        new("GET", "backups", RequiredAccess.Admin),
        new("POST", "backups", RequiredAccess.Admin),
        new("GET", "backups/{name}", RequiredAccess.Admin),
        new("DELETE", "backups/{name}", RequiredAccess.Admin),
        new("POST", "oauth/token", RequiredAccess.Client),
        new("GET", ".well-known/oauth-authorization-server", RequiredAccess.Nothing),
        new("GET", ".well-known/jwks.json", RequiredAccess.Nothing),
        new("GET", "problems", RequiredAccess.Nothing),
        new("GET", "problems/{slug}", RequiredAccess.Nothing),
        new("GET", "openapi.json", RequiredAccess.Nothing),
        new("GET", "ui", RequiredAccess.Nothing),
        new("GET", "ui/assets/{name}", RequiredAccess.Nothing),
        new("GET", "ui/films", RequiredAccess.Read),
        new("GET", "ui/count", RequiredAccess.Read),
        new("GET", "ui/films/{id}", RequiredAccess.Read),
        new("POST", "ui/films/{id}", RequiredAccess.Write),
        new("POST", "ui/films/{id}/delete", RequiredAccess.Write),
        new("POST", "ui/films/{id}/restore", RequiredAccess.Write),
        new("GET", "ui/add", RequiredAccess.Write),
        new("POST", "ui/add", RequiredAccess.Write),
        new("GET", "ui/changes", RequiredAccess.Read),
        new("GET", "ui/import", RequiredAccess.Write),
        new("POST", "ui/import", RequiredAccess.Write),
        new("GET", "ui/undo", RequiredAccess.Write),
        new("POST", "ui/undo", RequiredAccess.Write),
        new("GET", "ui/log-in", RequiredAccess.Nothing),
        new("POST", "ui/log-in", RequiredAccess.Session),
        new("POST", "ui/log-out", RequiredAccess.Session),
        new("GET", "ui/account", RequiredAccess.LogIn),
        new("POST", "ui/account/password", RequiredAccess.LogIn),
        new("POST", "ui/account/log-out-elsewhere", RequiredAccess.LogIn),
        new("GET", "ui/users", RequiredAccess.Admin),
        new("GET", "ui/users/{name}", RequiredAccess.Admin),
        new("POST", "ui/users/{name}", RequiredAccess.Admin),
        new("GET", "ui/users/{name}/delete", RequiredAccess.Admin),
        new("POST", "ui/users/{name}/delete", RequiredAccess.Admin),
        new("GET", "ui/add-user", RequiredAccess.Admin),
        new("POST", "ui/add-user", RequiredAccess.Admin),
        new("GET", "ui/keys", RequiredAccess.OwnKeys),
        new("GET", "ui/keys/{id}", RequiredAccess.OwnKeys),
        new("POST", "ui/keys/{id}", RequiredAccess.OwnKeys),
        new("GET", "ui/add-key", RequiredAccess.OwnKeys),
        new("POST", "ui/add-key", RequiredAccess.OwnKeys),
        new("GET", "ui/clients", RequiredAccess.Admin),
        new("GET", "ui/clients/{id}", RequiredAccess.Admin),
        new("POST", "ui/clients/{id}", RequiredAccess.Admin),
        new("GET", "ui/add-client", RequiredAccess.Admin),
        new("POST", "ui/add-client", RequiredAccess.Admin),
        new("GET", "ui/webhooks", RequiredAccess.Admin),
        new("GET", "ui/add-webhook", RequiredAccess.Admin),
        new("POST", "ui/add-webhook", RequiredAccess.Admin),
        new("GET", "ui/webhooks/{id}", RequiredAccess.Admin),
        new("POST", "ui/webhooks/{id}", RequiredAccess.Admin),
        new("POST", "ui/webhooks/{id}/enabled", RequiredAccess.Admin),
        new("POST", "ui/webhooks/{id}/test", RequiredAccess.Admin),
        new("GET", "ui/webhooks/{id}/secret", RequiredAccess.Admin),
        new("POST", "ui/webhooks/{id}/secret", RequiredAccess.Admin),
        new("GET", "ui/webhooks/{id}/replay", RequiredAccess.Admin),
        new("POST", "ui/webhooks/{id}/replay", RequiredAccess.Admin),
        new("GET", "ui/webhooks/{id}/delete", RequiredAccess.Admin),
        new("POST", "ui/webhooks/{id}/delete", RequiredAccess.Admin),
        new("GET", "ui/backups", RequiredAccess.Admin),
        new("POST", "ui/backups", RequiredAccess.Admin),
        new("GET", "ui/backups/{name}", RequiredAccess.Admin),
        new("POST", "ui/backups/{name}", RequiredAccess.Admin),
        new("GET", "ui/audit", RequiredAccess.Admin),
        new("GET", "ui/health", RequiredAccess.Admin),
        new("GET", "health/live", RequiredAccess.Nothing),
        new("GET", "health/ready", RequiredAccess.Nothing),
    ];

    private static readonly Dictionary<string, Line[]> ByRoute = Lines.GroupBy(line => line.Route).ToDictionary(route => route.Key, route => route.ToArray());

    /// <summary>All entries, for the tests and the documents that are checked against them.</summary>
    internal static IReadOnlyList<Line> All => Lines;

    /// <summary>The access that a request requires; nothing if it matches no route.</summary>
    public static RequiredAccess Of(HttpContext context) =>
        context.GetEndpoint() is RouteEndpoint endpoint ? Of(context.Request.Method, endpoint.RoutePattern.RawText) : RequiredAccess.Nothing;

    /// <summary>The access that a route requires; HEAD requires the same as GET.</summary>
    public static RequiredAccess Of(string method, string? route)
    {
        var name = HttpMethods.IsHead(method) ? HttpMethods.Get : method;
        foreach (var line in ByRoute.GetValueOrDefault(route?.TrimStart('/') ?? "", []))
        {
            if (line.Method == name)
            {
                return line.RequiredAccess;
            }
        }

        return RequiredAccess.Nobody;
    }

    /// <summary>The access that one method of one route requires.</summary>
    internal sealed record Line(string Method, string Route, RequiredAccess RequiredAccess);
}
