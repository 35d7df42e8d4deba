using System.Security.Claims;

namespace FilmService.Api.Http;

internal static class CallerNames
{
    /// <summary>The caller's name as recorded in the history.</summary>
    public static string CallerName(this ClaimsPrincipal caller) => caller.Identity?.Name ?? "anonymous";

    /// <summary>How the caller is logged in, such as <c>basic</c>; null for an anonymous caller.</summary>
    public static string? LogInMethod(this ClaimsPrincipal caller) => caller.Identity?.AuthenticationType;
}
