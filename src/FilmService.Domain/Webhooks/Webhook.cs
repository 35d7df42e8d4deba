using FilmService.Domain.Changes;
using FilmService.Domain.Films;

namespace FilmService.Domain.Webhooks;

/// <summary>
/// A subscription to the change feed: a durable position, and the delivery that is being sent. Every change of it is a pure function.
/// </summary>
public sealed record Webhook
{
    /// <summary>Maximum number of changes in a delivery.</summary>
    public const int MaxPage = 100;

    /// <summary>Maximum number of code points in a description.</summary>
    public const int DescriptionMaxLength = 500;

    /// <summary>How long deliveries may fail before the webhook is disabled.</summary>
    public static readonly TimeSpan MaxFailing = TimeSpan.FromDays(5);

    // The waits after the first failures; later ones are the last.
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1),
    ];

    public required string Id { get; init; }

    public required string Url { get; init; }

    public string? Description { get; init; }

    public bool Enabled { get; init; } = true;

    /// <summary>Why the service disabled it; null if it is enabled, or an administrator disabled it.</summary>
    public string? DisabledReason { get; init; }

    /// <summary>Its secrets, encrypted by the service.</summary>
    public required byte[] ProtectedSecrets { get; init; }

    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>All changes through this one have been delivered.</summary>
    public required Revision Position { get; init; }

    /// <summary>The delivery that is sent until it succeeds; null if there is none.</summary>
    public WebhookDelivery? Pending { get; init; }

    /// <summary>The number of failed attempts since the last success, or since an administrator changed the webhook.</summary>
    public int Failures { get; init; }

    /// <summary>When the first of these attempts failed.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>When to try again; null if nothing has failed.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    public static bool IsDescription(string text) => TextRule.IsClean(text, DescriptionMaxLength);

    /// <summary>With the next delivery, unless there is nothing to deliver or one is pending that is still valid.</summary>
    /// <param name="createId">Creates the id of a new delivery.</param>
    public Webhook WithNext(FeedBounds feed, Func<string> createId) =>
        Pending is { Reset: not null } && Pending.Through.Epoch == feed.Now.Epoch ? this
        : Position.Epoch != feed.Now.Epoch ? Begin(createId(), feed.Now, WebhookDelivery.EpochRenewed)
        : Position.Number < feed.RemovedThrough ? Begin(createId(), feed.Now, WebhookDelivery.ChangesRemoved)
        : Pending is not null || Position == feed.Now ? this
        : Begin(createId(), feed.Now with { Number = Math.Min(feed.Now.Number, Position.Number + MaxPage) }, null);

    /// <summary>After the pending delivery has succeeded.</summary>
    public Webhook Delivered() => (this with { Position = Pending!.Through, Pending = null }).WithoutFailures();

    /// <summary>After an attempt has failed.</summary>
    /// <param name="jitter">From 0 to 1: how much longer than planned to wait, so that webhooks that failed together do not retry together.</param>
    public Webhook Failed(string error, DateTimeOffset now, double jitter)
    {
        var since = FailingSince ?? now;
        var failed = this with { Failures = Failures + 1, FailingSince = since };
        return now - since >= MaxFailing
            ? failed.Disabled($"No attempt has succeeded since {since.UtcDateTime:yyyy-MM-dd HH:mm} UTC. The last one failed: {error}")
            : failed with { NextAttemptAt = now + (Waits[Math.Min(Failures, Waits.Length - 1)] * (1 + (jitter / 10))) };
    }

    /// <summary>Disabled by the service; what is pending stays, and is sent first once it is enabled again.</summary>
    public Webhook Disabled(string reason) => this with { Enabled = false, DisabledReason = reason, NextAttemptAt = null };

    /// <summary>Enabled or disabled by an administrator. If it is enabled, the next attempt is due at once.</summary>
    public Webhook WithEnabled(bool enabled) => (this with { Enabled = enabled, DisabledReason = null }).WithoutFailures();

    /// <summary>With another URL, which gets the pending delivery at once.</summary>
    public Webhook WithUrl(string url) => (this with { Url = url }).WithoutFailures();

    /// <summary>Sends the changes after a revision, again or instead of those that are due.</summary>
    public Webhook Replayed(Revision since) => (this with { Position = since, Pending = null }).WithoutFailures();

    private Webhook Begin(string id, Revision through, string? reset) =>
        (this with { Pending = new WebhookDelivery(id, through, reset) }).WithoutFailures();

    private Webhook WithoutFailures() => this with { Failures = 0, FailingSince = null, NextAttemptAt = null };
}

/// <summary>A delivery, stored before it is sent: all attempts have the same id and the same content.</summary>
/// <param name="Id">The <c>webhook-id</c>.</param>
/// <param name="Through">Its last change, or for a reset the revision after which deliveries go on.</param>
/// <param name="Reset">Why the receiver has to start again; null for a page of changes.</param>
public sealed record WebhookDelivery(string Id, Revision Through, string? Reset)
{
    public const string EpochRenewed = "epoch-renewed";

    public const string ChangesRemoved = "changes-removed";
}

/// <summary>One attempt at a delivery, for the log.</summary>
/// <param name="DeliveryId">The <c>webhook-id</c>.</param>
/// <param name="Number">1 for the first attempt at the delivery.</param>
/// <param name="Status">The HTTP status; null if there was no response.</param>
/// <param name="First">The first change; null for a reset or a test.</param>
/// <param name="Last">The last change; null for a reset or a test.</param>
/// <param name="Error">What went wrong; null if it succeeded.</param>
public sealed record WebhookAttempt(
    string DeliveryId, DateTimeOffset At, int Number, int? Status, TimeSpan Duration, Revision? First, Revision? Last, string? Error)
{
    /// <summary>How many are kept for each webhook.</summary>
    public const int MaxKept = 1000;
}
