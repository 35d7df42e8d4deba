using System.Text.Json.Serialization;

namespace FilmService.Api.Access.OAuth;

/// <summary>What a client sends to the token endpoint (RFC 6749 §4.4.2).</summary>
/// <remarks>Only for the API document: requests are read as <see cref="TokenRequest"/>.</remarks>
public sealed class TokenArguments
{
    /// <summary>Always <c>client_credentials</c>.</summary>
    [JsonPropertyName("grant_type")]
    public required string GrantType { get; init; }

    /// <summary>The requested scopes, separated by spaces; if missing, all of the client's scopes.</summary>
    [JsonPropertyName("scope")]
    public string? Scope { get; init; }

    /// <summary>The client's id, unless it comes with Basic.</summary>
    [JsonPropertyName("client_id")]
    public string? ClientId { get; init; }

    /// <summary>The client's secret, unless it comes with Basic.</summary>
    [JsonPropertyName("client_secret")]
    public string? ClientSecret { get; init; }
}
