using System.Collections.Concurrent;
using System.Globalization;
using FilmService.Api.Access.Authentication;
using FilmService.Api.Access.Sessions;
using FilmService.Api.Http;
using FilmService.Api.Http.Problems;

namespace FilmService.Api.RateLimiting;

/// <summary>
/// Limits the requests per minute of a caller, or of an address that does not log in, and reports the limit in every response
/// (draft-ietf-httpapi-ratelimit-headers-10).
/// </summary>
internal sealed class RateLimits(RateLimitSettings settings, TimeProvider clock)
{
    // Addresses share this many counters through a hash that differs in every process, so memory is bounded and nobody can choose
    // an address that shares another's counter.
    private const int AddressCounts = 1 << 16;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly string _policy = $"\"minute\";q={settings.PermitsPerMinute};w={Window.TotalSeconds}";

    private Minute _minute = new(clock.GetTimestamp());

    /// <summary>Limits requests without credentials by address, before any work is done for them.</summary>
    public Task LimitAnonymousAsync(HttpContext context, RequestDelegate next) =>
        IsAnonymous(context) && !context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal) ? LimitAsync(context, next) : next(context);

    /// <summary>Limits requests with credentials by caller, after authentication. Failed logins are counted elsewhere.</summary>
    public Task LimitCallersAsync(HttpContext context, RequestDelegate next) => IsAnonymous(context) ? next(context) : LimitAsync(context, next);

    private Task LimitAsync(HttpContext context, RequestDelegate next)
    {
        var minute = ThisMinute();
        var left = settings.PermitsPerMinute - minute.Counts.AddOrUpdate(WhoIs(context), 1, (_, count) => count + 1);
        if (left >= 0)
        {
            Announce(context, $"\"minute\";r={left}");
            return next(context);
        }

        var seconds = FailedLoginLimiter.RetryAfter(Window - clock.GetElapsedTime(minute.Begun));
        Announce(context, $"\"minute\";r=0;t={seconds}");
        return new Problem(RateLimitProblems.TooManyRequests, $"More than {settings.PermitsPerMinute.ToString(CultureInfo.InvariantCulture)} requests in a minute. Try again in {seconds} seconds.")
        {
            Fields = new Dictionary<string, string> { ["Retry-After"] = seconds },
        }.WriteAsync(context);
    }

    // The window is the same for everyone: a caller who starts late has less of it left. Memory is bounded because the counters
    // are dropped with the window.
    private Minute ThisMinute()
    {
        var minute = Volatile.Read(ref _minute);
        if (clock.GetElapsedTime(minute.Begun) >= Window)
        {
            Interlocked.CompareExchange(ref _minute, new Minute(clock.GetTimestamp()), minute);
            minute = Volatile.Read(ref _minute);
        }

        return minute;
    }

    // Set when the response starts, because a response that turns into a problem loses its fields.
    private void Announce(HttpContext context, string left) => context.Response.OnStarting(() =>
    {
        context.Response.Headers["RateLimit-Policy"] = _policy;
        context.Response.Headers["RateLimit"] = left;
        return Task.CompletedTask;
    });

    private static bool IsAnonymous(HttpContext context) => Credential.Of(context.Request).Kind is CredentialKind.None && !SessionCookie.MayBeIn(context.Request);

    private static Counted WhoIs(HttpContext context) => context.User.Identity is { IsAuthenticated: true }
        ? new Counted(context.User.CallerName(), 0)
        : new Counted("", (uint)string.GetHashCode(FailedLoginLimiter.BlockOf(context.Connection.RemoteIpAddress), StringComparison.Ordinal) % AddressCounts);

    private readonly record struct Counted(string Caller, uint Address);

    private sealed record Minute(long Begun)
    {
        public ConcurrentDictionary<Counted, int> Counts { get; } = new();
    }
}
