using System.Security.Claims;

namespace FilmService.Api.Access.Authorization;

/// <summary>The permissions of a caller. Each scope includes the ones before it.</summary>
public enum Scope
{
    /// <summary><c>films:read</c></summary>
    Read,

    /// <summary><c>films:write</c>, which includes reading.</summary>
    Write,

    /// <summary><c>admin</c>, which includes both.</summary>
    Admin,
}

public static class Scopes
{
    /// <summary>The type of the claim that holds one scope.</summary>
    public const string ClaimType = "scope";

    private static readonly string[] Names = ["films:read", "films:write", "admin"];

    /// <summary>The names, the lowest scope first.</summary>
    public static IReadOnlyList<string> All => Names;

    public static string ToName(this Scope scope) => Names[(int)scope];

    /// <summary>The index of a name among all; -1 if it is not a scope. Names are case-sensitive.</summary>
    public static int RankOf(string name) => Array.IndexOf(Names, name);

    /// <summary>The scopes of which none exceeds the others' highest: one that does becomes that one.</summary>
    public static IReadOnlyList<string> Cut(IReadOnlyList<string> scopes, IReadOnlyList<string> most)
    {
        var highest = most.Select(RankOf).DefaultIfEmpty(-1).Max();
        return scopes.Select(scope => Math.Min(RankOf(scope), highest)).Where(rank => rank >= 0).Distinct().Select(rank => Names[rank]).ToList();
    }

    /// <summary>True if one of the caller's scopes is this one or includes it. Names are case-sensitive.</summary>
    public static bool Has(this ClaimsPrincipal caller, Scope scope) =>
        caller.FindAll(ClaimType).Any(claim => RankOf(claim.Value) >= (int)scope);
}
