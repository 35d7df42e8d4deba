using System.Data.Common;
using System.Diagnostics;
using FilmService.Domain.Audit;
using FilmService.Domain.Webhooks;
using FilmService.Infrastructure.Audit;
using FilmService.Infrastructure.Statements;

namespace FilmService.Infrastructure.Webhooks;

/// <summary>
/// Webhooks beside the films. What many webhooks store at the same time is written in one transaction, and after each there is a
/// pause in proportion to its cost, so that deliveries leave most of the writer's time to the films.
/// </summary>
internal sealed class WebhookRepository(IDatabaseWork database) : IWebhookRepository
{
    private const int PausePerCost = 2;

    private readonly Lock _gate = new();
    private List<Action<DbConnection>> _waiting = [];
    private Task? _next;
    private Task _pause = Task.CompletedTask;

    public IReadOnlyList<Webhook> Load() => database.ReadSnapshot(connection => connection.ReadWebhooks());

    public Task SaveAsync(Webhook webhook, WebhookAttempt? attempt, AuditEvent? audit) => EnqueueAsync(connection =>
    {
        connection.Record(audit);
        connection.Save(webhook);
        if (attempt is not null)
        {
            connection.Add(webhook, attempt);
        }
    });

    public Task RemoveAsync(Webhook webhook, AuditEvent? audit) => EnqueueAsync(connection =>
    {
        connection.Record(audit);
        connection.Remove(webhook);
    });

    public async Task<IReadOnlyList<WebhookAttempt>> ReadAttemptsAsync(Webhook webhook, CancellationToken cancellationToken) =>
        await database.RunAsync(connection => connection.ReadAttempts(webhook), cancellationToken);

    public async Task<IReadOnlyDictionary<string, WebhookAttempt>> ReadNewestAttemptsAsync(CancellationToken cancellationToken) =>
        await database.RunAsync(connection => connection.ReadNewestAttempts(), cancellationToken);

    private Task EnqueueAsync(Action<DbConnection> write)
    {
        lock (_gate)
        {
            _waiting.Add(write);
            return _next ??= Task.Run(WriteAsync);
        }
    }

    private async Task WriteAsync()
    {
        await _pause;
        List<Action<DbConnection>> writes;
        var isDone = new TaskCompletionSource();
        lock (_gate)
        {
            (writes, _waiting) = (_waiting, []);
            (_next, _pause) = (null, isDone.Task);
        }

        var start = Stopwatch.GetTimestamp();
        try
        {
            await database.RunAsync(
                connection =>
                {
                    writes.ForEach(write => write(connection));
                    return writes.Count;
                },
                CancellationToken.None);
        }
        finally
        {
            _ = Task.Delay(Stopwatch.GetElapsedTime(start) * PausePerCost).ContinueWith(_ => isDone.SetResult(), TaskScheduler.Default);
        }
    }
}
