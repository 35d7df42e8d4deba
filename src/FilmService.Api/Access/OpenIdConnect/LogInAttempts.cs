using FilmService.Api.Access.Authentication;
using FilmService.Api.Http.Problems;

namespace FilmService.Api.Access.OpenIdConnect;

/// <summary>
/// Logins with which a browser comes back: each is completed at most once, and counts as failed until it has succeeded, so that no
/// number of them at the same time, or given up halfway, leads to more requests to the issuer.
/// </summary>
internal sealed class LogInAttempts(FailedLoginLimiter failures, LoginAudit audit, TimeProvider clock)
{
    private const int Capacity = 10_000;

    /// <summary>How long a login can be completed after it began.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private readonly Lock _using = new();
    private readonly ExpiringCache<object> _used = new(Capacity, Lifetime, clock);

    /// <summary>Called when the browser has shown that the login began there: other callbacks are no attempts, and any page can cause them.</summary>
    /// <param name="context">The request.</param>
    /// <param name="id">The login's identifier.</param>
    /// <returns>False if it has come back before.</returns>
    /// <exception cref="ProblemException">429: too many from this address have failed.</exception>
    public bool Begin(HttpContext context, string id)
    {
        if (!Use(id))
        {
            return false;
        }

        if (failures.Count(context.Connection.RemoteIpAddress) is { } wait)
        {
            throw new ProblemException(FailedLoginLimiter.TooMany(wait));
        }

        context.Features.Set(new Attempt());
        return true;
    }

    /// <summary>Leaves the attempt counted as failed, or takes it back: after a success, and if the issuer does not respond although the client waits.</summary>
    public void End(HttpContext context, Problem? failure)
    {
        var address = context.Connection.RemoteIpAddress;
        if (context.Features.Get<Attempt>() is null)
        {
            return;
        }

        if (failure is null || (failure.Type == OpenIdConnectProblems.Unavailable && !context.RequestAborted.IsCancellationRequested))
        {
            failures.TakeBack(address);
            return;
        }

        failures.NoteRejection();
        audit.AddFailed(address);
    }

    private bool Use(string id)
    {
        var key = KeyedHash.Of(id);
        lock (_using)
        {
            if (_used.Find(key) is not null)
            {
                return false;
            }

            _used.Keep(key, this);
            return true;
        }
    }

    private sealed record Attempt;
}
