using FilmService.Api.Access.Authorization;
using FilmService.Api.Http.Problems;
using Microsoft.Extensions.Primitives;

namespace FilmService.Api.Access.Authentication;

/// <summary>The 401 and 403 responses, with their challenges (RFC 9110 §11.6.1, RFC 6750 §3).</summary>
internal static class Challenges
{
    public const string Realm = "FilmService";

    // RFC 7617 §2.
    private const string Basic = $"Basic realm=\"{Realm}\", charset=\"UTF-8\"";
    private const string Bearer = $"Bearer realm=\"{Realm}\"";

    /// <summary>Answers 401. For a bearer token the challenge says what is wrong with it.</summary>
    public static Task RefuseAsync(HttpContext context, CredentialKind kind)
    {
        var headers = context.Response.Headers;
        headers.WWWAuthenticate = Of(context.Request, IsBearer(kind));
        headers.CacheControl = "no-store";
        return new Problem(ProblemTypes.Unauthenticated, kind is CredentialKind.None ? "This request requires a login." : "The credentials are not valid.").WriteAsync(context);
    }

    /// <summary>The 401 for a name and password in the body. Browsers must not ask for them again in a dialog of their own.</summary>
    public static Problem WrongPassword => new(ProblemTypes.Unauthenticated, "The name or the password is wrong.")
    {
        Fields = new Dictionary<string, string> { ["WWW-Authenticate"] = Bearer, ["Cache-Control"] = "no-store" },
    };

    /// <summary>
    /// The challenge for a wrong client secret. RFC 6749 §5.2 asks for Basic, which a script in a browser does not get either.
    /// </summary>
    public static string OfClient(HttpRequest request) => IsFromScript(request) ? Bearer : Basic;

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
    public static Problem Revoked(HttpRequest request, bool isBearer) => new(ProblemTypes.Unauthenticated, "The credentials were revoked while the request was being received. Nothing was changed.")
    {
        Fields = new Dictionary<string, string>
        {
            ["WWW-Authenticate"] = string.Join(", ", Of(request, isBearer)!),
            ["Cache-Control"] = "no-store",
        },
    };

    private static StringValues Of(HttpRequest request, bool isBearer)
    {
        var bearer = isBearer ? $"{Bearer}, error=\"invalid_token\"" : Bearer;
        return IsFromScript(request) ? bearer : new StringValues([Basic, bearer]);
    }

    // To a Basic challenge a browser opens a dialog of its own, before the page's script gets the response. A 401 needs a challenge
    // (RFC 9110 §15.5.2), so the one that opens none stays. Only a navigation has no script that could ask for the password (Fetch
    // Metadata).
    private static bool IsFromScript(HttpRequest request) => request.Headers["Sec-Fetch-Mode"].ToString() is not ("" or "navigate");

    private static bool IsBearer(CredentialKind kind) => kind is CredentialKind.ApiKey or CredentialKind.Token;
}
