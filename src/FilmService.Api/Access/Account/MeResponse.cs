namespace FilmService.Api.Access.Account;

/// <summary>The caller, and what the caller may do.</summary>
/// <param name="Name">The name; null without a login.</param>
/// <param name="Method">How the caller is logged in: `basic`, `session`, `oidc` (a session that began at an external issuer), `api-key` or `token`; null without a login.</param>
/// <param name="Scopes">The caller's scopes; without a login, those that correspond to what everyone may do.</param>
/// <param name="MayWrite">True if the caller may change films.</param>
/// <param name="MayAdminister">True if the caller may manage users, keys, clients and webhooks.</param>
public sealed record MeResponse(string? Name, string? Method, IReadOnlyList<string> Scopes, bool MayWrite, bool MayAdminister);
