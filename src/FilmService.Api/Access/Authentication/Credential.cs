using System.Buffers;
using FilmService.Api.Http.Problems;
using FilmService.Domain.Access;
using Microsoft.Extensions.Primitives;

namespace FilmService.Api.Access.Authentication;

/// <summary>The ways to log in.</summary>
internal enum CredentialKind
{
    /// <summary>No credentials at all.</summary>
    None,

    /// <summary>A name and a password (RFC 7617).</summary>
    Basic,

    /// <summary>An API key, in <c>X-API-Key</c> or as a bearer.</summary>
    ApiKey,

    /// <summary>An access token (RFC 6750, RFC 9068).</summary>
    Token,

    /// <summary>A scheme that the service does not know, or one that is not spelt as it should be.</summary>
    Unknown,
}

/// <summary>What a request logs in with.</summary>
/// <param name="Kind">The way.</param>
/// <param name="Value">The key or token, or the encoded name and password; of the unknown kind, nothing.</param>
internal readonly record struct Credential(CredentialKind Kind, string Value)
{
    /// <summary>The field of an API key.</summary>
    public const string ApiKeyField = "X-API-Key";

    private const string Basic = "Basic ";
    private const string Bearer = "Bearer ";

    // token68 (RFC 9110 §11.2). Decoders take more, so that one password would have endless spellings.
    private static readonly SearchValues<char> Token68 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=");

    /// <summary>True when the request carries one, right or wrong.</summary>
    public static bool IsIn(HttpRequest request) => request.Headers.Authorization.Count + request.Headers[ApiKeyField].Count > 0;

    /// <summary>The request's credential.</summary>
    /// <exception cref="ProblemException">400: there are two, and no telling which is meant.</exception>
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

    // Two fields may come as one, a comma between them (RFC 9110 §5.3); neither of these schemes has a comma of its own.
    private static bool IsList(StringValues field) =>
        field.ToString() is var text && text.Contains(',', StringComparison.Ordinal) && (IsOf(text, Basic) || IsOf(text, Bearer));

    private static bool IsOf(string field, string scheme) => field.StartsWith(scheme, StringComparison.OrdinalIgnoreCase);

    // Schemes are read in any letter case (RFC 9110 §11.1).
    private static Credential Of(string field)
    {
        var scheme = IsOf(field, Basic) ? Basic : IsOf(field, Bearer) ? Bearer : null;
        var value = scheme is null ? "" : field[scheme.Length..].Trim(' ');
        if (value.Length == 0 || value.AsSpan().ContainsAnyExcept(Token68))
        {
            // What is no bearer that could be one is told so in the challenge.
            return new(scheme is Bearer ? CredentialKind.Token : CredentialKind.Unknown, "");
        }

        return new(scheme is Basic ? CredentialKind.Basic : IsKey(value) ? CredentialKind.ApiKey : CredentialKind.Token, value);
    }

    private static bool IsKey(string bearer) => bearer.StartsWith(Secret.ApiKeyPrefix, StringComparison.Ordinal);
}
