using FilmService.Domain.Changes;
using FilmService.Domain.Webhooks;
using FilmService.Domain.Writing;

namespace FilmService.Api.Webhooks;

/// <summary>
/// Wakes the enabled webhooks when there are changes. Each delivers on its own, so a slow receiver delays no other; one that has nothing
/// to deliver costs nothing. Without webhooks, the dispatcher does not even follow the changes.
/// </summary>
internal sealed class WebhookDispatcher(WebhookDirectory directory, WebhookDeliveries deliveries, IChangeFeed feed, TimeProvider clock, ILogger<WebhookDispatcher> logger)
    : BackgroundService
{
    // Under continuous writes, every commit would wake the webhooks.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan RetryDatabase = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Run> _runs = [];
    private readonly SemaphoreSlim _changed = new(0);
    private CancellationToken _stopping;

    /// <summary>The number of webhooks that are delivering, or waiting to try again.</summary>
    public int Running
    {
        get
        {
            lock (_gate)
            {
                return _runs.Count;
            }
        }
    }

    /// <summary>
    /// Takes up what an administrator has changed: an attempt in progress, or the wait for the next one, ends, and the webhook is looked
    /// at anew.
    /// </summary>
    public void Refresh(string id)
    {
        Wake(id, interrupt: true);
        _changed.Release();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _stopping = stoppingToken;
        try
        {
            // What was due when the service stopped, or has to start again, is due now.
            WakeEnabled();
            while (true)
            {
                while (!directory.Enabled.Any())
                {
                    await _changed.WaitAsync(stoppingToken);
                }

                var now = (await feed.GetBoundsAsync(stoppingToken)).Now.Number;
                WakeEnabled();
                await feed.WaitAsync(now, stoppingToken);
                await Task.Delay(Pause, stoppingToken);
            }
        }
        finally
        {
            await Task.WhenAll(TakeRuns());
        }
    }

    public override void Dispose()
    {
        _changed.Dispose();
        base.Dispose();
    }

    private void WakeEnabled()
    {
        foreach (var id in directory.Enabled)
        {
            Wake(id, interrupt: false);
        }
    }

    private void Wake(string id, bool interrupt)
    {
        lock (_gate)
        {
            if (_runs.TryGetValue(id, out var run))
            {
                run.IsWoken = true;
                if (interrupt)
                {
                    run.Interrupt.Cancel();
                }
            }
            else if (!_stopping.IsCancellationRequested)
            {
                run = _runs[id] = new Run { IsWoken = true };
                run.Task = Task.Run(() => RunAsync(id, run), CancellationToken.None);
            }
        }
    }

    private async Task RunAsync(string id, Run run)
    {
        while (Begin(id, run))
        {
            try
            {
                while (await deliveries.AttemptAsync(id, clock, run.Interrupt.Token))
                {
                }
            }
            catch (OperationCanceledException)
            {
                // It is looked at anew, unless the service is stopping.
            }
            catch (Exception exception)
            {
                await HoldAsync(run, id, exception);
            }
        }
    }

    // What cannot be read or stored now is tried again: a webhook never stops silently.
    private async Task HoldAsync(Run run, string id, Exception exception)
    {
        if (exception is CatalogUnavailableException)
        {
            logger.LogError(exception, "Webhook {Id} cannot read or store its deliveries; trying again", id);
        }
        else
        {
            logger.LogError(exception, "Webhook {Id} failed unexpectedly; trying again", id);
        }

        run.IsWoken = true;
        await Task.Delay(RetryDatabase, clock, _stopping).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    /// <summary>Begins a look at the webhook; false, and the run is over, if nobody has woken it since the last one.</summary>
    private bool Begin(string id, Run run)
    {
        lock (_gate)
        {
            if (run.IsWoken && !_stopping.IsCancellationRequested)
            {
                run.IsWoken = false;
                run.Interrupt.Dispose();
                run.Interrupt = CancellationTokenSource.CreateLinkedTokenSource(_stopping);
                return true;
            }

            run.Interrupt.Dispose();
            _runs.Remove(id);
            return false;
        }
    }

    private Task[] TakeRuns()
    {
        lock (_gate)
        {
            return [.. _runs.Values.Select(run => run.Task)];
        }
    }

#pragma warning disable CA1001 // The run itself disposes its source.
    /// <summary>One webhook at work.</summary>
    private sealed class Run
    {
        public Task Task { get; set; } = Task.CompletedTask;

        /// <summary>True if there may be something that the last look has not seen.</summary>
        public bool IsWoken { get; set; }

        /// <summary>Ends the current look.</summary>
        public CancellationTokenSource Interrupt { get; set; } = new();
    }
#pragma warning restore CA1001
}
