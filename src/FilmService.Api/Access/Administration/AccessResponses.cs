using System.Text.Json.Serialization;
using FilmService.Api.Http.Results;
using FilmService.Domain.Access;

namespace FilmService.Api.Access.Administration;

/// <summary>A user; the password is never shown.</summary>
/// <param name="Name">The name.</param>
/// <param name="Scopes">The user's scopes.</param>
/// <param name="Configured">True if the user is defined in settings and cannot be changed over HTTP.</param>
public sealed record UserResponse(string Name, IReadOnlyList<string> Scopes, bool Configured);

/// <summary>An API key.</summary>
/// <param name="Id">Identifies the key without revealing it.</param>
/// <param name="Name">The name chosen when it was created.</param>
/// <param name="Scopes">Its scopes.</param>
/// <param name="Key">The key itself; only returned when it is created.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="ExpiresAt">When it expires; null if it never does.</param>
/// <param name="CreatedBy">The caller who created it.</param>
/// <param name="LastUsedAt">When it was last used, rounded down to the hour; null if it never was.</param>
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
/// <param name="Name">The name chosen when it was created.</param>
/// <param name="Scopes">The scopes that its tokens can have.</param>
/// <param name="ClientSecret">The secret; only returned when the client is created.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="CreatedBy">The caller who created it.</param>
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

/// <summary>A complete list.</summary>
/// <param name="Items">The items.</param>
public sealed record ItemsResponse<T>(IReadOnlyList<T> Items);
