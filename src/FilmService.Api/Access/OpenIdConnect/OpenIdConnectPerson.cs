using System.Security.Claims;
using FilmService.Api.Http.Problems;
using FilmService.Domain.Access;

namespace FilmService.Api.Access.OpenIdConnect;

/// <summary>Who a valid ID token is about.</summary>
/// <param name="Name">The caller's name. It has a ':', as no user's name has, so nobody at the issuer can be mistaken for a user of this service.</param>
/// <param name="Scopes">The scopes of the person's roles, the lowest first.</param>
internal sealed record OpenIdConnectPerson(string Name, IReadOnlyList<string> Scopes)
{
    /// <summary>Why the person gets no session; null if nothing speaks against it.</summary>
    public Problem? Refusal { get; private init; }

    public static OpenIdConnectPerson Of(ClaimsPrincipal token, PersonClaims claims)
    {
        var names = token.FindAll(claims.Name).ToList();
        if (names is not [{ Value: var name } claim] || !IsExact(claim) || !User.IsNewName(name))
        {
            return new("", []) { Refusal = OpenIdConnectProblems.WithoutName(claims.Name, names.Count) };
        }

        var roles = token.FindAll(claims.Role).Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal);
        var granted = claims.Roles.Where(role => roles.Contains(role.Key)).SelectMany(role => role.Value).ToHashSet(StringComparer.Ordinal);
        return new("oidc:" + name, [.. Authorization.Scopes.All.Where(granted.Contains)])
        {
            Refusal = claims.Roles.Count > 0 && granted.Count == 0 ? OpenIdConnectProblems.WithoutRole(claims.Role) : null,
        };
    }

    // The text of a large number is rounded, so two people could have the same; objects, arrays and truth values are no names.
    private static bool IsExact(Claim claim) =>
        claim.ValueType is ClaimValueTypes.String or ClaimValueTypes.DateTime or ClaimValueTypes.Integer or ClaimValueTypes.Integer32 or ClaimValueTypes.Integer64;
}
