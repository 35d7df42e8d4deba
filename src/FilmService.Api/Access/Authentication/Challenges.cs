using FilmService.Api.Access.Authorization;
using FilmService.Api.Http.Problems;

namespace FilmService.Api.Access.Authentication;

/// <summary>The 401 and 403 responses, with their challenges (RFC 9110 §11.6.1, RFC 6750 §3).</summary>
internal static class Challenges
{
    public const string Realm = "FilmService";

    /// <summary>The Basic challenge (RFC 7617 §2).</summary>
    public const string Basic = $"Basic realm=\"{Realm}\", charset=\"UTF-8\"";
    private const string Bearer = $"Bearer realm=\"{Realm}\"";

    /// <summary>Answers 401. For a bearer token the challenge says what is wrong with it.</summary>
    public static Task RefuseAsync(HttpContext context, CredentialKind kind)
    {
        var headers = context.Response.Headers;
        headers.WWWAuthenticate = new([Basic, IsBearer(kind) ? $"{Bearer}, error=\"invalid_token\"" : Bearer]);
        headers.CacheControl = "no-store";
        return new Problem(ProblemTypes.Unauthenticated, kind is CredentialKind.None ? "This request requires a login." : "The credentials are not valid.").WriteAsync(context);
    }

    /// <summary>Answers 403 and names the missing scope.</summary>
    public static Task ForbidAsync(HttpContext context, CredentialKind kind, Scope scope)
    {
        if (IsBearer(kind))
        {
            context.Response.Headers.WWWAuthenticate = $"{Bearer}, error=\"insufficient_scope\", scope=\"{scope.ToName()}\"";
        }

        return new Problem(ProblemTypes.InsufficientScope, $"This request needs the scope '{scope.ToName()}' (insufficient_scope).").WriteAsync(context);
    }

    /// <summary>The 401 for credentials that were revoked while the request was being received.</summary>
    public static Problem Revoked(bool isBearer) => new(ProblemTypes.Unauthenticated, "The credentials were revoked while the request was being received. Nothing was changed.")
    {
        Fields = new Dictionary<string, string>
        {
            ["WWW-Authenticate"] = $"{Basic}, {(isBearer ? $"{Bearer}, error=\"invalid_token\"" : Bearer)}", ["Cache-Control"] = "no-store",
        },
    };

    private static bool IsBearer(CredentialKind kind) => kind is CredentialKind.ApiKey or CredentialKind.Token;
}
