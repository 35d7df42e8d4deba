using System.ComponentModel;
using System.Text.Json.Serialization;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Access.OAuth;

/// <summary>An access token (RFC 6749 §5.1).</summary>
/// <param name="AccessToken">The token.</param>
/// <param name="TokenType">Always <c>Bearer</c>.</param>
/// <param name="ExpiresIn">Its lifetime in seconds.</param>
/// <param name="Scope">Its scopes, separated by spaces.</param>
public sealed record TokenResponse(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("token_type")] string TokenType,
    [property: JsonPropertyName("expires_in")] int ExpiresIn,
    [property: JsonPropertyName("scope")] string Scope);

/// <summary>Why no token was issued (RFC 6749 §5.2).</summary>
/// <param name="Error">The error's code.</param>
/// <param name="ErrorDescription">What is wrong, for people to read.</param>
public sealed record TokenErrorResponse(
    [property: JsonPropertyName("error")] string Error,
    [property: JsonPropertyName("error_description")] string ErrorDescription);

/// <summary>The built-in issuer's token endpoint.</summary>
[ApiController]
[Description("Where OAuth clients get access tokens.")]
[Route("oauth/token")]
public sealed class TokenController(OAuthSettings settings, IServiceProvider services) : ControllerBase
{
    /// <summary>Issues an access token to an OAuth client (RFC 6749 §4.4).</summary>
    /// <response code="200">The token.</response>
    /// <response code="400">The request is invalid, or asks for scopes that the client does not have.</response>
    /// <response code="401">The client is unknown, or its secret is wrong.</response>
    /// <response code="404">Tokens are issued by an external issuer.</response>
    /// <response code="429">Too many failed logins from this address.</response>
    [HttpPost(Name = "createToken")]
    [Body(ArgumentReader.FormType, Arguments = typeof(TokenRequest), IsOnlyPlace = true)]
    [ProducesResponseType<TokenResponse>(StatusCodes.Status200OK, "application/json")]
    [ProducesResponseType<TokenErrorResponse>(StatusCodes.Status400BadRequest, "application/json")]
    [ProducesResponseType<TokenErrorResponse>(StatusCodes.Status401Unauthorized, "application/json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound, "application/problem+json")]
    [ProducesResponseType<TokenErrorResponse>(StatusCodes.Status429TooManyRequests, "application/json")]
    public async Task<ActionResult> Create()
    {
        if (settings.Authority is not null)
        {
            return new ProblemResult(new Problem(ProblemTypes.NotFound, "This service uses an external token issuer."));
        }

        Response.Headers.CacheControl = "no-store";
        Response.Headers.Pragma = "no-cache";
        return await services.GetRequiredService<TokenEndpoint>().AnswerAsync(HttpContext);
    }
}
