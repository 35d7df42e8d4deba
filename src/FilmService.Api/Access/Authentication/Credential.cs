using System.Buffers;
using FilmService.Api.Http.Problems;
using FilmService.Domain.Access;
using Microsoft.Extensions.Primitives;

namespace FilmService.Api.Access.Authentication;

internal enum CredentialKind
{
    None,

    /// <summary>A user name and password (RFC 7617).</summary>
    Basic,

    /// <summary>An API key, in <c>X-API-Key</c> or as a bearer token.</summary>
    ApiKey,

    /// <summary>An access token (RFC 6750, RFC 9068).</summary>
    Token,

    /// <summary>An unsupported scheme, or a malformed field.</summary>
    Unknown,
}

/// <summary>
/// The credential of a request. The value is the key or token, or the encoded name and password; empty for an unknown kind.
/// </summary>
internal readonly record struct Credential(CredentialKind Kind, string Value)
{
    /// <summary>The header field of an API key.</summary>
    public const string ApiKeyField = "X-API-Key";

    private const string Basic = "Basic ";
    private const string Bearer = "Bearer ";

    // token68 (RFC 9110 §11.2). Decoders accept more, which would give one password any number of spellings.
    private static readonly SearchValues<char> Token68 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=");

    /// <summary>True if the request carries a credential, valid or not.</summary>
    public static bool IsIn(HttpRequest request) => request.Headers.Authorization.Count + request.Headers[ApiKeyField].Count > 0;

    /// <summary>The request's credential.</summary>
    /// <exception cref="ProblemException">400: the request has two credentials, so it is unclear which one is meant.</exception>
    public static Credential Of(HttpRequest request)
    {
        var (authorization, key) = (request.Headers.Authorization, request.Headers[ApiKeyField]);
        if (authorization.Count + key.Count > 1 || IsList(authorization) || key.ToString().Contains(',', StringComparison.Ordinal))
        {
            throw new ProblemException(Problem.OfParameter(
                authorization.Count > 0 ? "Authorization" : ApiKeyField, "The request has two credentials; send only one."));
        }

        return key.Count > 0 ? new(CredentialKind.ApiKey, key.ToString()) : authorization.Count > 0 ? Of(authorization.ToString()) : default;
    }

    /// <summary>The credential in an <c>Authorization</c> field.</summary>
    public static Credential Of(string field)
    {
        // Scheme names are case-insensitive (RFC 9110 §11.1).
        var scheme = IsOf(field, Basic) ? Basic : IsOf(field, Bearer) ? Bearer : null;
        var value = scheme is null ? "" : field[scheme.Length..].Trim(' ');
        if (value.Length == 0 || value.AsSpan().ContainsAnyExcept(Token68))
        {
            // A malformed bearer token stays a token, so that the challenge can say that it is invalid.
            return new(scheme is Bearer ? CredentialKind.Token : CredentialKind.Unknown, "");
        }

        return new(scheme is Basic ? CredentialKind.Basic : IsKey(value) ? CredentialKind.ApiKey : CredentialKind.Token, value);
    }

    // Two fields may arrive as one, joined by a comma (RFC 9110 §5.3); neither of these schemes contains a comma itself.
    private static bool IsList(StringValues field) =>
        field.ToString() is var text && text.Contains(',', StringComparison.Ordinal) && (IsOf(text, Basic) || IsOf(text, Bearer));

    private static bool IsOf(string field, string scheme) => field.StartsWith(scheme, StringComparison.OrdinalIgnoreCase);

    private static bool IsKey(string bearer) => bearer.StartsWith(Secret.ApiKeyPrefix, StringComparison.Ordinal);
}
