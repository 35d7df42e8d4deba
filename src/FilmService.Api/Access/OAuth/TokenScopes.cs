using FilmService.Api.Access.Authorization;
using Microsoft.IdentityModel.JsonWebTokens;

namespace FilmService.Api.Access.OAuth;

/// <summary>Scopes in OAuth's syntax: separated by spaces, case-sensitive (RFC 6749 §3.3).</summary>
internal static class TokenScopes
{
    /// <summary>The scopes of a token that this service defines.</summary>
    public static string[] Of(JsonWebToken token) =>
        token.TryGetPayloadValue<string>("scope", out var scope) ? Known(scope) : [];

    /// <summary>
    /// The scopes granted to a client: the requested ones, or all of its scopes if it requests none. Null if a requested scope is
    /// unknown or exceeds the client's, or if there are only spaces; a scope includes the ones before it.
    /// </summary>
    public static IReadOnlyList<string>? Grant(IReadOnlyList<string> has, string? asked)
    {
        if (asked is null)
        {
            return has;
        }

        var (wanted, highest) = (asked.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray(), has.Max(Scopes.RankOf));
        return wanted.Length > 0 && wanted.All(scope => Scopes.RankOf(scope) is >= 0 and var rank && rank <= highest) ? wanted : null;
    }

    private static string[] Known(string scope) => scope.Split(' ').Where(name => Scopes.RankOf(name) >= 0).ToArray();
}
