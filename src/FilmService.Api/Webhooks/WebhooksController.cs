using System.ComponentModel;
using FilmService.Api.Access.Administration;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Api.Http.Results;
using FilmService.Domain.Access;
using FilmService.Domain.Webhooks;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Webhooks;

/// <summary>The webhooks: URLs to which the service sends every change.</summary>
[ApiController]
[Description("The webhooks: URLs to which the service sends every change.")]
[Route("webhooks")]
public sealed class WebhooksController(WebhookDirectory directory, WebhookAdministration administration) : ControllerBase
{
    /// <summary>Lists the webhooks.</summary>
    /// <response code="200">All webhooks, oldest first, without their secrets.</response>
    [HttpGet(Name = "listWebhooks"), HttpHead]
    [ProducesResponseType<ItemsResponse<WebhookResponse>>(StatusCodes.Status200OK, "application/json")]
    public ActionResult List() =>
        JsonBytesResult.Of(new ItemsResponse<WebhookResponse>(directory.All.Select(webhook => WebhookResponse.Of(webhook)).ToList()));

    /// <summary>Reads one webhook.</summary>
    /// <response code="200">The webhook, without its secret.</response>
    /// <response code="404">The webhook does not exist.</response>
    [HttpGet("{id}", Name = "getWebhook"), HttpHead("{id}")]
    [ProducesResponseType<WebhookResponse>(StatusCodes.Status200OK, "application/json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound, "application/problem+json")]
    public ActionResult Get(string id) => Answer(id, directory.Find(id));

    /// <summary>Creates a webhook that gets the changes from now on. Only this response contains its secret.</summary>
    /// <response code="201">The webhook.</response>
    /// <response code="409">There are too many webhooks.</response>
    [HttpPost(Name = "createWebhook")]
    [Body(ArgumentReader.JsonType, Arguments = typeof(CreateWebhookRequest), IsOnlyPlace = true)]
    [ProducesResponseType<WebhookResponse>(StatusCodes.Status201Created, "application/json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status409Conflict, "application/problem+json")]
    public async Task<ActionResult> Create(CreateWebhookRequest request)
    {
        var (webhook, secret) = await administration.CreateAsync(HttpContext, request, Secret.CreateId());
        Response.Headers.Location = $"/webhooks/{webhook.Id}";
        return JsonBytesResult.Of(WebhookResponse.Of(webhook, secret), StatusCodes.Status201Created);
    }

    /// <summary>Changes a webhook's URL or description, or enables or disables it.</summary>
    /// <remarks>A new `url`, and `enabled` with `true`, also make the next attempt due at once.</remarks>
    /// <response code="200">The webhook.</response>
    /// <response code="404">The webhook does not exist.</response>
    [HttpPatch("{id}", Name = "patchWebhook")]
    [Body("application/merge-patch+json", ArgumentReader.JsonType, Arguments = typeof(PatchWebhookRequest), IsOnlyPlace = true)]
    [ProducesResponseType<WebhookResponse>(StatusCodes.Status200OK, "application/json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound, "application/problem+json")]
    public async Task<ActionResult> Patch(string id, PatchWebhookRequest request) => Answer(id, await administration.ChangeAsync(HttpContext, id, request));

    /// <summary>Deletes a webhook and its deliveries.</summary>
    /// <response code="204">The webhook was deleted.</response>
    /// <response code="404">The webhook does not exist.</response>
    [HttpDelete("{id}", Name = "deleteWebhook")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound, "application/problem+json")]
    public async Task<ActionResult> Delete(string id) => await administration.RemoveAsync(HttpContext, id) ? NoContent() : NoWebhook(id);

    /// <summary>Gives a webhook a new secret. For 24 hours deliveries are signed with the old one too.</summary>
    /// <response code="200">The webhook with its new secret, which is not shown again.</response>
    /// <response code="404">The webhook does not exist.</response>
    [HttpPost("{id}/rotate-secret", Name = "rotateWebhookSecret")]
    [ProducesResponseType<WebhookResponse>(StatusCodes.Status200OK, "application/json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound, "application/problem+json")]
    public async Task<ActionResult> RotateSecret(string id) =>
        await administration.RotateSecretAsync(HttpContext, id) is var (webhook, secret) ? Answer(id, webhook, secret) : NoWebhook(id);

    /// <summary>Sends all changes after a revision, whether or not they have been delivered before.</summary>
    /// <response code="200">The webhook, at its new position.</response>
    /// <response code="404">The webhook does not exist.</response>
    /// <response code="410">The revision does not belong to this catalogue, or is no longer kept.</response>
    [HttpPost("{id}/replay", Name = "replayWebhook")]
    [Body(ArgumentReader.JsonType, Arguments = typeof(ReplayWebhookRequest), IsOnlyPlace = true)]
    [ProducesResponseType<WebhookResponse>(StatusCodes.Status200OK, "application/json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status410Gone, "application/problem+json")]
    public async Task<ActionResult> Replay(string id, ReplayWebhookRequest request) => Answer(id, await administration.ReplayAsync(HttpContext, id, request));

    /// <summary>Sends a test, `{"test":true}`, at once, and waits for the response. It is not repeated if it fails.</summary>
    /// <response code="200">The attempt.</response>
    /// <response code="404">The webhook does not exist.</response>
    [HttpPost("{id}/test", Name = "testWebhook")]
    [ProducesResponseType<DeliveryResponse>(StatusCodes.Status200OK, "application/json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound, "application/problem+json")]
    public async Task<ActionResult> Test(string id, CancellationToken cancellationToken) =>
        await administration.TestAsync(id, cancellationToken) is { } attempt ? JsonBytesResult.Of(DeliveryResponse.Of(attempt)) : NoWebhook(id);

    /// <summary>Lists the last 1,000 attempts at deliveries.</summary>
    /// <response code="200">The attempts, newest first.</response>
    /// <response code="404">The webhook does not exist.</response>
    [HttpGet("{id}/deliveries", Name = "listDeliveries"), HttpHead("{id}/deliveries")]
    [ProducesResponseType<ItemsResponse<DeliveryResponse>>(StatusCodes.Status200OK, "application/json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound, "application/problem+json")]
    public async Task<ActionResult> Deliveries(string id, CancellationToken cancellationToken) => directory.Find(id) is { } webhook
        ? JsonBytesResult.Of(new ItemsResponse<DeliveryResponse>(
            (await directory.ReadAttemptsAsync(webhook, cancellationToken)).Select(DeliveryResponse.Of).ToList()))
        : NoWebhook(id);

    private static ActionResult Answer(string id, Webhook? webhook, string? secret = null) =>
        webhook is null ? NoWebhook(id) : JsonBytesResult.Of(WebhookResponse.Of(webhook, secret));

    private static ProblemResult NoWebhook(string id) => AdministrationAnswers.NotFound($"Webhook {id} doesn't exist");
}
