using System.ComponentModel;
using FilmService.Api.Audit;
using FilmService.Api.Http;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Api.Http.Results;
using FilmService.Domain.Access;
using FilmService.Domain.Audit;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Access.Administration;

/// <summary>The OAuth clients, which get access tokens at <c>/oauth/token</c>.</summary>
[ApiController]
[Description("The OAuth clients, which get access tokens at `/oauth/token`.")]
[Route("oauth/clients")]
public sealed class ClientsController(AccessDirectory directory) : ControllerBase
{
    /// <summary>Lists the OAuth clients.</summary>
    /// <response code="200">All clients, without their secrets.</response>
    [HttpGet(Name = "listClients"), HttpHead]
    [ProducesResponseType<ItemsResponse<ClientResponse>>(StatusCodes.Status200OK, "application/json")]
    public ActionResult List() =>
        JsonBytesResult.Of(new ItemsResponse<ClientResponse>(directory.Clients.All.Select(client => ClientResponse.Of(client)).ToList()));

    /// <summary>Reads one OAuth client.</summary>
    /// <response code="200">The client, without its secret.</response>
    /// <response code="404">The client does not exist.</response>
    [HttpGet("{clientId}", Name = "getClient"), HttpHead("{clientId}")]
    [ProducesResponseType<ClientResponse>(StatusCodes.Status200OK, "application/json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound, "application/problem+json")]
    public ActionResult Get(string clientId) =>
        directory.Clients.Find(clientId) is { } client ? JsonBytesResult.Of(ClientResponse.Of(client.Record)) : NoClient(clientId);

    /// <summary>Creates an OAuth client. Only this response contains its secret.</summary>
    /// <response code="201">The client.</response>
    /// <response code="409">There are too many clients.</response>
    [HttpPost(Name = "createClient")]
    [Body(ArgumentReader.JsonType, Arguments = typeof(CreateClientRequest), IsOnlyPlace = true)]
    [ProducesResponseType<ClientResponse>(StatusCodes.Status201Created, "application/json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status409Conflict, "application/problem+json")]
    public async Task<ActionResult> Create(CreateClientRequest request)
    {
        var access = new NewAccess(request.Name.Text, request.Scopes.Items!, User.CallerName());
        if (await directory.CreateClientAsync(access, HttpContext.Audit(AuditActions.ClientCreated, detail: access.Summary)) is not var (client, secret))
        {
            return AdministrationAnswers.TooMany("OAuth clients");
        }

        Response.Headers.Location = $"/oauth/clients/{client.ClientId}";
        return JsonBytesResult.Of(ClientResponse.Of(client, secret), StatusCodes.Status201Created);
    }

    /// <summary>Deletes an OAuth client and invalidates its tokens.</summary>
    /// <response code="204">The client was deleted.</response>
    /// <response code="404">The client does not exist.</response>
    [HttpDelete("{clientId}", Name = "deleteClient")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound, "application/problem+json")]
    public async Task<ActionResult> Delete(string clientId) =>
        await directory.Clients.RemoveAsync(clientId, HttpContext.Audit(AuditActions.ClientDeleted, clientId)) ? NoContent() : NoClient(clientId);

    private static ProblemResult NoClient(string clientId) => AdministrationAnswers.NotFound($"OAuth client {clientId} doesn't exist");
}
