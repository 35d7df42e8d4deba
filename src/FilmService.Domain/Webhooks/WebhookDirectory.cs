using System.Collections.Concurrent;
using FilmService.Domain.Access;
using FilmService.Domain.Audit;
using FilmService.Domain.Changes;
using FilmService.Domain.Films;

namespace FilmService.Domain.Webhooks;

/// <summary>The properties of a new webhook. <c>CreatedBy</c> is the caller's name.</summary>
public sealed record NewWebhook(string Url, string? Description, byte[] ProtectedSecrets, string CreatedBy)
{
    /// <summary>The id, which no other webhook may have.</summary>
    public string Id { get; init; } = Secret.CreateId();
}

/// <summary>All webhooks, in memory as in the database. A change is in both before its task completes.</summary>
public sealed class WebhookDirectory
{
    /// <summary>Maximum number of webhooks.</summary>
    public const int Capacity = 1000;

    private readonly IWebhookRepository _repository;
    private readonly IChangeFeed _feed;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>Loads the webhooks; from then on memory and database change together.</summary>
    public WebhookDirectory(IWebhookRepository repository, IChangeFeed feed, TimeProvider clock)
    {
        (_repository, _feed, _clock) = (repository, feed, clock);
        foreach (var webhook in repository.Load())
        {
            _entries[webhook.Id] = new Entry(webhook);
        }

        _count = _entries.Count;
    }

    /// <summary>All webhooks, oldest first.</summary>
    public IReadOnlyList<Webhook> All => _entries.Values.Select(entry => entry.Webhook).OfType<Webhook>()
        .OrderBy(webhook => webhook.CreatedAt).ThenBy(webhook => webhook.Id, StringComparer.Ordinal).ToList();

    /// <summary>The ids of the enabled webhooks.</summary>
    public IEnumerable<string> Enabled => _entries.Where(entry => entry.Value.Webhook is { Enabled: true }).Select(entry => entry.Key);

    /// <summary>The webhook with this id; null if there is none.</summary>
    public Webhook? Find(string id) => _entries.GetValueOrDefault(id)?.Webhook;

    /// <summary>Creates a webhook that gets the changes from now on; null if there are too many.</summary>
    public async Task<Webhook?> CreateAsync(NewWebhook properties, AuditEvent? audit)
    {
        if (Interlocked.Increment(ref _count) > Capacity)
        {
            Interlocked.Decrement(ref _count);
            return null;
        }

        var webhook = await MakeAsync(properties);
        try
        {
            await _repository.SaveAsync(webhook, null, audit?.About(webhook.Id));
        }
        catch
        {
            Interlocked.Decrement(ref _count);
            throw;
        }

        _entries[webhook.Id] = new Entry(webhook);
        return webhook;
    }

    /// <summary>Changes a webhook as it is then; no other change of it comes in between.</summary>
    /// <param name="change">Returns the webhook itself if there is nothing to change.</param>
    /// <param name="attempt">The attempt to add to its log.</param>
    /// <param name="audit">Recorded if there is something to change; null for nothing.</param>
    /// <returns>The webhook after the change; null if it does not exist.</returns>
    public Task<Webhook?> ChangeAsync(string id, Func<Webhook, Webhook> change, WebhookAttempt? attempt = null, AuditEvent? audit = null) => InTurnAsync(id, async webhook =>
    {
        var changed = change(webhook);
        if (changed != webhook || attempt is not null)
        {
            await _repository.SaveAsync(changed, attempt, audit);
        }

        return changed;
    });

    /// <summary>Moves a webhook to a revision, so that the changes after it are sent, whether they were sent before or not.</summary>
    /// <returns>
    /// The webhook; null if it does not exist, or if the feed does not have all changes after the revision. And the last revision.
    /// </returns>
    public async Task<(Webhook? Webhook, Revision Now)> ReplayAsync(string id, Revision since, AuditEvent? audit)
    {
        var feed = await _feed.GetBoundsAsync(CancellationToken.None);
        return (feed.Includes(since) ? await ChangeAsync(id, webhook => webhook.Replayed(since), null, audit) : null, feed.Now);
    }

    /// <summary>Removes a webhook; false if it does not exist.</summary>
    public async Task<bool> RemoveAsync(string id, AuditEvent? audit)
    {
        var isFound = false;
        await InTurnAsync(id, async webhook =>
        {
            await _repository.RemoveAsync(webhook, audit);
            isFound = _entries.TryRemove(id, out _);
            Interlocked.Decrement(ref _count);
            return null;
        });
        return isFound;
    }

    /// <inheritdoc cref="IWebhookRepository.ReadAttemptsAsync"/>
    public Task<IReadOnlyList<WebhookAttempt>> ReadAttemptsAsync(Webhook webhook, CancellationToken cancellationToken) =>
        _repository.ReadAttemptsAsync(webhook, cancellationToken);

    /// <inheritdoc cref="IWebhookRepository.ReadNewestAttemptsAsync"/>
    public Task<IReadOnlyDictionary<string, WebhookAttempt>> ReadNewestAttemptsAsync(CancellationToken cancellationToken) =>
        _repository.ReadNewestAttemptsAsync(cancellationToken);

    private async Task<Webhook> MakeAsync(NewWebhook properties) => new()
    {
        Id = properties.Id,
        Url = properties.Url,
        Description = properties.Description,
        ProtectedSecrets = properties.ProtectedSecrets,
        CreatedBy = properties.CreatedBy,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(_clock.GetUtcNow().ToUnixTimeMilliseconds()),
        Position = (await _feed.GetBoundsAsync(CancellationToken.None)).Now,
    };

    private async Task<Webhook?> InTurnAsync(string id, Func<Webhook, Task<Webhook?>> work)
    {
        if (_entries.GetValueOrDefault(id) is not { } entry)
        {
            return null;
        }

        await entry.Turn.WaitAsync();
        try
        {
            return entry.Webhook is { } webhook ? entry.Webhook = await work(webhook) : null;
        }
        finally
        {
            entry.Turn.Release();
        }
    }

#pragma warning disable CA1001 // A semaphore whose wait handle is not used holds nothing to dispose.
    /// <summary>A webhook, null once it is removed, and whose turn it is to change it.</summary>
    private sealed class Entry(Webhook webhook)
    {
        private Webhook? _webhook = webhook;

        public SemaphoreSlim Turn { get; } = new(1);

        public Webhook? Webhook
        {
            get => Volatile.Read(ref _webhook);
            set => Volatile.Write(ref _webhook, value);
        }
    }
#pragma warning restore CA1001
}
