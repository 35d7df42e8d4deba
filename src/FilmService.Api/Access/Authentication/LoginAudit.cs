using System.Net;
using FilmService.Api.Audit;
using FilmService.Domain.Audit;
using FilmService.Domain.Writing;

namespace FilmService.Api.Access.Authentication;

/// <summary>
/// Records logins in the audit log. No request waits for it: a login must not depend on whether the database can be written.
/// </summary>
internal sealed class LoginAudit(IAuditLog log, TimeProvider clock, ILogger<LoginAudit> logger) : BackgroundService
{
    private const int Capacity = 10_000;
    private const int MaxUnwritten = 1_000;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    // A client with a password sends it with every request.
    private static readonly TimeSpan Once = TimeSpan.FromHours(1);

    private readonly ExpiringCache<object> _recorded = new(Capacity, Once, clock);
    private readonly FailedLoginSums _failed = new(clock);
    private List<AuditEvent> _unwritten = [];

    /// <summary>Counts a failed login.</summary>
    /// <param name="address">The address that it came from.</param>
    /// <param name="user">The user, if it exists; null otherwise, and for other credentials.</param>
    public void AddFailed(IPAddress? address, string? user = null) => _failed.Add(AuditedRequest.AddressOf(address), user);

    /// <summary>Records a login by password with a request, at most once an hour for a user and address.</summary>
    public void AddPassword(IPAddress? address, string user)
    {
        var (from, now) = (AuditedRequest.AddressOf(address), clock.GetUtcNow());
        var key = KeyedHash.Of($"{from}\n{user}");
        if (_recorded.Find(key) is DateTimeOffset last && now - last < Once)
        {
            return;
        }

        _recorded.Keep(key, now);
        _ = WriteAsync([new AuditEvent(now, user, LogInMethods.Basic, from, AuditActions.LogIn)]);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await WriteFailedAsync(_failed.TakeComplete());
        }
    }

    /// <summary>Also writes the sums of the current minute.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteFailedAsync(_failed.TakeAll());
    }

    private async Task WriteFailedAsync(IReadOnlyList<AuditEvent> events)
    {
        _unwritten.AddRange(events.Take(MaxUnwritten - _unwritten.Count));
        if (_unwritten.Count > 0 && await WriteAsync(_unwritten))
        {
            _unwritten = [];
        }
    }

    private async Task<bool> WriteAsync(IReadOnlyList<AuditEvent> events)
    {
        try
        {
            await log.RecordAsync(events, CancellationToken.None);
            return true;
        }
        catch (CatalogUnavailableException exception)
        {
            logger.LogError(exception, "Cannot record logins in the audit log");
            return false;
        }
    }
}
