using System.ComponentModel;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Api.Http.Results;
using FilmService.Domain.Access;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Access.Administration;

/// <summary>The keys that programs authenticate with.</summary>
[ApiController]
[Description("The keys that programs authenticate with.")]
[Route("api-keys")]
public sealed class ApiKeysController(OwnKeys keys) : ControllerBase
{
    /// <summary>Lists the API keys: all for `admin`, and their own for other users.</summary>
    /// <response code="200">All keys, oldest first, without their secret values.</response>
    [HttpGet(Name = "listApiKeys"), HttpHead]
    [ProducesResponseType<ItemsResponse<ApiKeyResponse>>(StatusCodes.Status200OK, "application/json")]
    public ActionResult List() =>
        JsonBytesResult.Of(new ItemsResponse<ApiKeyResponse>(keys.VisibleTo(User).Select(key => ApiKeyResponse.Of(key)).ToList()));

    /// <summary>Reads one API key.</summary>
    /// <response code="200">The key, without its secret value.</response>
    /// <response code="404">The key does not exist.</response>
    [HttpGet("{id}", Name = "getApiKey"), HttpHead("{id}")]
    [ProducesResponseType<ApiKeyResponse>(StatusCodes.Status200OK, "application/json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound, "application/problem+json")]
    public ActionResult Get(string id) =>
        keys.Find(User, id) is { } key ? JsonBytesResult.Of(ApiKeyResponse.Of(key)) : NoKey(id);

    /// <summary>Creates an API key. Only this response contains its secret value.</summary>
    /// <remarks>A key that a user makes without `admin` is the user's own: it never has more than the user's scopes at the time of its use, and ends with the user.</remarks>
    /// <response code="201">The key.</response>
    /// <response code="409">There are too many keys.</response>
    [HttpPost(Name = "createApiKey")]
    [Body(ArgumentReader.JsonType, Arguments = typeof(CreateApiKeyRequest), IsOnlyPlace = true)]
    [ProducesResponseType<ApiKeyResponse>(StatusCodes.Status201Created, "application/json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status409Conflict, "application/problem+json")]
    public async Task<ActionResult> Create(CreateApiKeyRequest request)
    {
        if (await keys.CreateAsync(HttpContext, request, Secret.CreateId()) is not var (key, text))
        {
            return new ProblemResult(keys.TooMany(User));
        }

        Response.Headers.Location = $"/api-keys/{key.Id}";
        return JsonBytesResult.Of(ApiKeyResponse.Of(key, text), StatusCodes.Status201Created);
    }

    /// <summary>Revokes an API key immediately.</summary>
    /// <response code="204">The key was revoked.</response>
    /// <response code="404">The key does not exist.</response>
    [HttpDelete("{id}", Name = "deleteApiKey")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound, "application/problem+json")]
    public async Task<ActionResult> Delete(string id) =>
        await keys.RemoveAsync(HttpContext, id) ? NoContent() : NoKey(id);

    private static ProblemResult NoKey(string id) => AdministrationAnswers.NotFound($"API key {id} doesn't exist");
}
