using System.Security.Claims;

namespace FilmService.Api.Access.Authorization;

/// <summary>What a caller may do. Each scope includes the ones before it.</summary>
public enum Scope
{
    /// <summary><c>films:read</c></summary>
    Read,

    /// <summary><c>films:write</c>, which includes reading.</summary>
    Write,

    /// <summary><c>admin</c>, which includes both.</summary>
    Admin,
}

/// <summary>Scopes by name, and the callers that have them.</summary>
public static class Scopes
{
    /// <summary>The claim that carries one scope.</summary>
    public const string ClaimType = "scope";

    private static readonly string[] Names = ["films:read", "films:write", "admin"];

    /// <summary>The names, the least first.</summary>
    public static IReadOnlyList<string> All => Names;

    /// <summary>The scope's name.</summary>
    public static string ToName(this Scope scope) => Names[(int)scope];

    /// <summary>The place of a name among all; -1 when it is none. Names are compared exactly.</summary>
    public static int RankOf(string name) => Array.IndexOf(Names, name);

    /// <summary>True when one of the caller's scopes is this one or includes it. Names are compared exactly.</summary>
    public static bool Has(this ClaimsPrincipal caller, Scope scope) =>
        caller.FindAll(ClaimType).Any(claim => RankOf(claim.Value) >= (int)scope);
}
