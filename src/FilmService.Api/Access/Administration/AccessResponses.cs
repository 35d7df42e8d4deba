using System.Text.Json.Serialization;
using FilmService.Domain.Access;

namespace FilmService.Api.Access.Administration;

/// <summary>A user; the password is never shown.</summary>
/// <param name="Name">The name.</param>
/// <param name="Scopes">What the user may do.</param>
/// <param name="Configured">True when the settings hold the user, who cannot be changed over HTTP.</param>
public sealed record UserResponse(string Name, IReadOnlyList<string> Scopes, bool Configured);

/// <summary>An API key.</summary>
/// <param name="Id">Names the key without giving it away.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="Key">The key itself; shown once, when it is made.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">From when on it is worth nothing; null for never.</param>
/// <param name="CreatedBy">The caller that made it.</param>
/// <param name="LastUsedAt">The hour in which it was last used; null before that.</param>
public sealed record ApiKeyResponse(
    string Id,
    string Name,
    IReadOnlyList<string> Scopes,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Key,
    string CreatedAt,
    string? ExpiresAt,
    string CreatedBy,
    string? LastUsedAt)
{
    internal static ApiKeyResponse Of(ApiKey key, string? text = null) => new(
        key.Id, key.Name, key.Scopes, text, key.CreatedAt.ToText(), key.ExpiresAt?.ToText(), key.CreatedBy, key.LastUsedAt?.ToText());
}

/// <summary>An OAuth client.</summary>
/// <param name="ClientId">The id.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Scopes">The most that its tokens may do.</param>
/// <param name="ClientSecret">The secret; shown once, when the client is made.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="CreatedBy">The caller that made it.</param>
public sealed record ClientResponse(
    string ClientId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ClientSecret,
    string Name,
    IReadOnlyList<string> Scopes,
    string CreatedAt,
    string CreatedBy)
{
    internal static ClientResponse Of(OAuthClient client, string? secret = null) =>
        new(client.ClientId, secret, client.Name, client.Scopes, client.CreatedAt.ToText(), client.CreatedBy);
}

/// <summary>A list.</summary>
/// <param name="Items">All of it.</param>
public sealed record ItemsResponse<T>(IReadOnlyList<T> Items);
