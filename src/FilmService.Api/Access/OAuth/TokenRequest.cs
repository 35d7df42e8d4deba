using System.Text;
using FilmService.Api.Access.Authentication;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using Microsoft.Net.Http.Headers;

namespace FilmService.Api.Access.OAuth;

/// <summary>
/// A client's request to the token endpoint (RFC 6749 §4.4.2); unknown parameters are ignored (§3.2). A null scope asks for all
/// of the client's scopes. The client's identity is not yet verified.
/// </summary>
internal sealed record TokenRequest(string? GrantType, string? Scope, string? ClientId, string? ClientSecret)
{
    private static readonly string[] Known = ["grant_type", "scope", "client_id", "client_secret"];

    /// <exception cref="TokenRefusedException">The request is malformed.</exception>
    public static async Task<TokenRequest> ReadAsync(HttpRequest request)
    {
        var form = await ReadFormAsync(request);
        var (authorization, id, secret) = (request.Headers.Authorization, form.GetValueOrDefault("client_id"), form.GetValueOrDefault("client_secret"));
        if (authorization.Count > 1 || request.Headers.ContainsKey(Credential.ApiKeyField) || (authorization.Count == 1 && secret is not null))
        {
            throw Malformed("The client authenticates in more than one way; use only one.");
        }

        var made = new TokenRequest(form.GetValueOrDefault("grant_type"), form.GetValueOrDefault("scope"), id, secret);
        return authorization.Count == 0 ? made : made.WithBasic(authorization.ToString());
    }

    // RFC 6749 §2.3.1: id and secret are form-encoded before they are joined.
    private TokenRequest WithBasic(string field)
    {
        var parts = Decode(field)?.Split(':', 2);
        var (id, secret) = parts?.Length == 2 ? (FormDecode(parts[0]), FormDecode(parts[1])) : (null, null);
        return ClientId is null || ClientId == id
            ? this with { ClientId = id, ClientSecret = secret }
            : throw Malformed("client_id differs from the one in the Authorization header.");
    }

    private static async Task<Dictionary<string, string>> ReadFormAsync(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals(ArgumentReader.FormType, StringComparison.OrdinalIgnoreCase))
        {
            throw Malformed($"The body must be of type {ArgumentReader.FormType}.");
        }

        try
        {
            RefuseInAddress(request.QueryString);
            return Collect(UrlEncoded.Read(await request.ReadBodyAsync(), "The body"));
        }
        catch (ProblemException exception) when (exception.Problem.Type.Status is StatusCodes.Status400BadRequest)
        {
            throw Malformed(exception.Problem.Detail);
        }
    }

    // A parameter without a value is treated as omitted (RFC 6749 §3.2).
    private static Dictionary<string, string> Collect(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var form = new Dictionary<string, string>();
        foreach (var (name, value) in pairs.Where(pair => Known.Contains(pair.Key)))
        {
            if (!form.TryAdd(name, value))
            {
                throw Malformed($"{name} is given more than once.");
            }
        }

        return form.Where(pair => pair.Value.Length > 0).ToDictionary();
    }

    // URLs end up in logs (RFC 6749 §2.3.1).
    private static void RefuseInAddress(QueryString query)
    {
        if (query.HasValue && UrlEncoded.Read(query.Value!.TrimStart('?'), "The query string").Any(pair => Known.Contains(pair.Key)))
        {
            throw Malformed("Send the parameters in the body, not in the URL.");
        }
    }

    private static string? Decode(string field)
    {
        var bytes = new byte[field.Length];
        return Credential.Of(field) is { Kind: CredentialKind.Basic, Value: var value } && Convert.TryFromBase64String(value, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : null;
    }

    private static string? FormDecode(string text) => UrlEncoded.TryDecode(text.Replace('+', ' '));

    private static TokenRefusedException Malformed(string description) => new("invalid_request", description);
}

/// <summary>The request for a token is rejected (RFC 6749 §5.2).</summary>
internal sealed class TokenRefusedException(string error, string description) : Exception(description)
{
    /// <summary>The error code, such as <c>invalid_client</c>.</summary>
    public string Error => error;
}
