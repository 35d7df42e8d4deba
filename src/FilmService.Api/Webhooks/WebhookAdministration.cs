using FilmService.Api.Audit;
using FilmService.Api.Films;
using FilmService.Api.Http;
using FilmService.Api.Http.Problems;
using FilmService.Domain.Audit;
using FilmService.Domain.Webhooks;

namespace FilmService.Api.Webhooks;

/// <summary>Changes webhooks at a caller's request, for the API and for the pages; deliveries follow at once.</summary>
public sealed class WebhookAdministration(WebhookDirectory directory, IServiceProvider services)
{
    /// <summary>Creates a webhook that gets the changes from now on; returns it with its secret.</summary>
    /// <param name="context">The request.</param>
    /// <param name="request">The webhook's URL and description.</param>
    /// <param name="id">Its id.</param>
    /// <exception cref="ProblemException">409: there are too many.</exception>
    public async Task<(Webhook Webhook, string Secret)> CreateAsync(HttpContext context, CreateWebhookRequest request, string id)
    {
        var secret = WebhookSecrets.Create();
        var properties = new NewWebhook(request.Url.Text, request.ToDescription(), Secrets.Protect(secret), context.User.CallerName()) { Id = id };
        var webhook = await directory.CreateAsync(properties, context.Audit(AuditActions.WebhookCreated, detail: request.Host))
            ?? throw Refused(new Problem(WebhookProblems.TooManyWebhooks, $"There are {WebhookDirectory.Capacity} webhooks already. Delete those that are no longer used."));
        Dispatcher.Refresh(webhook.Id);
        return (webhook, secret);
    }

    /// <summary>Changes a webhook; null if it does not exist.</summary>
    public async Task<Webhook?> ChangeAsync(HttpContext context, string id, PatchWebhookRequest request)
    {
        var webhook = await directory.ChangeAsync(id, request.Apply, audit: context.Audit(AuditActions.WebhookChanged, id, request.Summary));
        if (request.ChangesDelivery)
        {
            Dispatcher.Refresh(id);
        }

        return webhook;
    }

    /// <summary>Deletes a webhook; false if it does not exist.</summary>
    public async Task<bool> RemoveAsync(HttpContext context, string id)
    {
        var isRemoved = await directory.RemoveAsync(id, context.Audit(AuditActions.WebhookDeleted, id));
        Dispatcher.Refresh(id);
        return isRemoved;
    }

    /// <summary>Gives a webhook a new secret; null if it does not exist.</summary>
    public async Task<(Webhook Webhook, string Secret)?> RotateSecretAsync(HttpContext context, string id)
    {
        var secret = WebhookSecrets.Create();
        return await directory.ChangeAsync(
            id, current => current with { ProtectedSecrets = Secrets.Rotate(current.ProtectedSecrets, secret) }, audit: context.Audit(AuditActions.WebhookSecretRotated, id)) is { } webhook
            ? (webhook, secret)
            : null;
    }

    /// <summary>Sends all changes after a revision; null if the webhook does not exist.</summary>
    /// <exception cref="ProblemException">410: the changes are no longer kept.</exception>
    public async Task<Webhook?> ReplayAsync(HttpContext context, string id, ReplayWebhookRequest request)
    {
        var since = request.ToRevision();
        var (webhook, now) = await directory.ReplayAsync(id, since, context.Audit(AuditActions.WebhookReplayed, id, since.ToString()));
        if (webhook is null && directory.Find(id) is not null)
        {
            throw Refused(FilmResults.RevisionNotKept(since, now));
        }

        Dispatcher.Refresh(id);
        return webhook;
    }

    /// <summary>Sends a test and waits for what comes of it; null if the webhook does not exist.</summary>
    public async Task<WebhookAttempt?> TestAsync(string id, CancellationToken cancellationToken) =>
        directory.Find(id) is { } webhook ? await services.GetRequiredService<WebhookDeliveries>().TestAsync(webhook, cancellationToken) : null;

    // What is thrown loses the fields of the response.
    private static ProblemException Refused(Problem problem) =>
        new(problem with { Fields = new Dictionary<string, string>(problem.Fields) { ["Cache-Control"] = "no-store" } });

    private WebhookDispatcher Dispatcher => services.GetRequiredService<WebhookDispatcher>();

    private WebhookSecrets Secrets => services.GetRequiredService<WebhookSecrets>();
}
