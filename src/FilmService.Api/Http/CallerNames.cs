using System.Security.Claims;

namespace FilmService.Api.Http;

/// <summary>What callers are called.</summary>
internal static class CallerNames
{
    /// <summary>The caller's name, as it is kept in the history.</summary>
    public static string CallerName(this ClaimsPrincipal caller) => caller.Identity?.Name ?? "anonymous";
}
