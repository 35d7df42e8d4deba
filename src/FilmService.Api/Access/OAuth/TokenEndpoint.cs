using FilmService.Api.Access.Authentication;
using FilmService.Api.Http.Results;
using FilmService.Domain.Access;

namespace FilmService.Api.Access.OAuth;

/// <summary>Decides whether a client gets a token, and writes the response (RFC 6749 §5).</summary>
internal sealed class TokenEndpoint(BuiltInIssuer issuer, AccessDirectory directory, FailedLoginLimiter failures, LoginAudit audit)
{
    private const string ClientCredentials = "client_credentials";

    public async Task<JsonBytesResult> AnswerAsync(HttpContext context)
    {
        try
        {
            return JsonBytesResult.Of(await CreateAsync(await TokenRequest.ReadAsync(context.Request), context));
        }
        catch (TokenRefusedException refused)
        {
            return Refuse(context, new TokenErrorResponse(refused.Error, refused.Message));
        }
    }

    private async Task<TokenResponse> CreateAsync(TokenRequest request, HttpContext context)
    {
        if (request.GrantType is null)
        {
            throw new TokenRefusedException("invalid_request", "grant_type is missing.");
        }

        var client = LogIn(request, context);
        if (request.GrantType != ClientCredentials)
        {
            throw new TokenRefusedException("unsupported_grant_type", $"The only supported grant_type is {ClientCredentials}.");
        }

        var scopes = TokenScopes.Grant(client.Scopes, request.Scope)
            ?? throw new TokenRefusedException("invalid_scope", $"The client's scopes are {string.Join(' ', client.Scopes)}.");
        return new TokenResponse(await issuer.CreateAsync(client, scopes), "Bearer", (int)BuiltInIssuer.Lifetime.TotalSeconds, string.Join(' ', scopes));
    }

    private OAuthClient LogIn(TokenRequest request, HttpContext context)
    {
        if (!SecureTransport.IsPrivate(context))
        {
            throw new TokenRefusedException("invalid_request", "A client secret is accepted only over HTTPS.");
        }

        if (request is { ClientId: { } id, ClientSecret: { } secret } && directory.LogInClient(id, secret) is { } client)
        {
            return client;
        }

        failures.NoteRejection();
        if (failures.Count(context.Connection.RemoteIpAddress) is { } wait)
        {
            context.Response.Headers.RetryAfter = FailedLoginLimiter.RetryAfter(wait);
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        }
        else
        {
            audit.AddFailed(context.Connection.RemoteIpAddress);
        }

        throw new TokenRefusedException("invalid_client", "The client is unknown, or its secret is wrong.");
    }

    private static JsonBytesResult Refuse(HttpContext context, TokenErrorResponse error)
    {
        var response = context.Response;
        var status = response.StatusCode is StatusCodes.Status429TooManyRequests ? response.StatusCode
            : error.Error == "invalid_client" ? StatusCodes.Status401Unauthorized
            : StatusCodes.Status400BadRequest;
        if (status is StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = Challenges.OfClient(context.Request);
        }

        return JsonBytesResult.Of(error, status);
    }
}
