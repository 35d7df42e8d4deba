namespace FilmService.Api.Access.Account;

/// <summary>The caller, and what the caller may do.</summary>
/// <param name="Name">The name; null for a caller who is not logged in.</param>
/// <param name="Method">How the caller is logged in: `basic`, `session`, `api-key` or `token`; null for a caller who is not logged in.</param>
/// <param name="Scopes">The caller's scopes; for a caller who is not logged in, those that correspond to what everyone may do.</param>
/// <param name="MayWrite">True if the caller may change films.</param>
/// <param name="MayAdminister">True if the caller may manage users, keys, clients and webhooks.</param>
public sealed record MeResponse(string? Name, string? Method, IReadOnlyList<string> Scopes, bool MayWrite, bool MayAdminister);
