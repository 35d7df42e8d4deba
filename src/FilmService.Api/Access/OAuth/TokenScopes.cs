using FilmService.Api.Access.Authorization;
using Microsoft.IdentityModel.JsonWebTokens;

namespace FilmService.Api.Access.OAuth;

/// <summary>Scopes as OAuth writes them: a space between them, compared exactly (RFC 6749 §3.3).</summary>
internal static class TokenScopes
{
    /// <summary>The scopes of a token that mean something here.</summary>
    public static string[] Of(JsonWebToken token) =>
        token.TryGetPayloadValue<string>("scope", out var scope) ? Known(scope) : [];

    /// <summary>
    /// The scopes that a client gets: what it asks for, or all that it has when it asks for none. Null when it asks for one that is
    /// unknown, or for more than it has; a scope includes the ones before it.
    /// </summary>
    public static IReadOnlyList<string>? Grant(IReadOnlyList<string> has, string? asked)
    {
        var wanted = asked?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray() ?? [];
        var highest = has.Max(Scopes.RankOf);
        return wanted.Length == 0 ? has : wanted.All(scope => Scopes.RankOf(scope) is >= 0 and var rank && rank <= highest) ? wanted : null;
    }

    private static string[] Known(string scope) => scope.Split(' ').Where(name => Scopes.RankOf(name) >= 0).ToArray();
}
