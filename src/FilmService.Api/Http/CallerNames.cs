using System.Security.Claims;

namespace FilmService.Api.Http;

internal static class CallerNames
{
    /// <summary>The caller's name as recorded in the history.</summary>
    public static string CallerName(this ClaimsPrincipal caller) => caller.Identity?.Name ?? "anonymous";
}
