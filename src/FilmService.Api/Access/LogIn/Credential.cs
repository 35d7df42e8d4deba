using FilmService.Api.Errors;
using FilmService.Domain.Access;
using Microsoft.Extensions.Primitives;

namespace FilmService.Api.Access.LogIn;

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

    /// <summary>A scheme that the service does not know.</summary>
    Unknown,
}

/// <summary>What a request logs in with.</summary>
/// <param name="Kind">The way.</param>
/// <param name="Value">The key or token; of the other kinds, the whole field.</param>
internal readonly record struct Credential(CredentialKind Kind, string Value)
{
    /// <summary>The field of an API key.</summary>
    public const string ApiKeyField = "X-API-Key";

    private const string Basic = "Basic ";
    private const string Bearer = "Bearer ";

    /// <summary>The request's credential.</summary>
    /// <exception cref="ProblemException">400: there are two, and no telling which is meant.</exception>
    public static Credential Of(HttpRequest request)
    {
        var (authorization, key) = (request.Headers.Authorization, request.Headers[ApiKeyField]);
        if (authorization.Count + key.Count > 1 || IsList(authorization.ToString()))
        {
            throw new ProblemException(Problem.OfParameter(
                authorization.Count > 0 ? "Authorization" : ApiKeyField, "The request carries two credentials; send one."));
        }

        return key.Count > 0 ? new(CredentialKind.ApiKey, key.ToString()) : authorization.Count > 0 ? Of(authorization) : default;
    }

    // Two fields may come as one, a comma between them (RFC 9110 §5.3); neither of these schemes has a comma of its own.
    private static bool IsList(string field) => field.Contains(',', StringComparison.Ordinal) && (IsOf(field, Basic) || IsOf(field, Bearer));

    private static bool IsOf(string field, string scheme) => field.StartsWith(scheme, StringComparison.OrdinalIgnoreCase);

    // Schemes are read in any letter case (RFC 9110 §11.1).
    private static Credential Of(StringValues authorization)
    {
        var field = authorization.ToString();
        if (IsOf(field, Basic))
        {
            return new(CredentialKind.Basic, field);
        }

        if (!IsOf(field, Bearer))
        {
            return new(CredentialKind.Unknown, field);
        }

        var bearer = field[Bearer.Length..].Trim(' ');
        return new(bearer.StartsWith(Secret.ApiKeyPrefix, StringComparison.Ordinal) ? CredentialKind.ApiKey : CredentialKind.Token, bearer);
    }
}
