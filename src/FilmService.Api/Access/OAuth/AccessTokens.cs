using FilmService.Api.Access.Authentication;
using FilmService.Api.Http.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.Tokens;

namespace FilmService.Api.Access.OAuth;

/// <summary>
/// The callers of access tokens. A token that was found right is remembered under a keyed hash, for a minute and not beyond its
/// end, because a signature costs more than a request.
/// </summary>
internal sealed class AccessTokens(ITokenIssuer issuer, TimeProvider clock)
{
    private const int Capacity = 10_000;

    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);

    private readonly ExpiringCache<Entry> _memory = new(Capacity, Remembered, clock);

    /// <summary>The caller of the request's token; null when it is not valid.</summary>
    /// <exception cref="ProblemException">503: there is no telling, because the issuer of its key does not answer.</exception>
    public async ValueTask<Caller?> FindCallerAsync(HttpContext context, string token)
    {
        var key = KeyedHash.Of(token);
        if (_memory.Find(key) is { } entry && clock.GetElapsedTime(entry.At) < Remembered)
        {
            return entry.Caller.ExpiresAt > clock.GetUtcNow() && !entry.Caller.Revoked.IsCancellationRequested ? entry.Caller : null;
        }

        var result = await context.AuthenticateAsync(AccessTokenAuthentication.Scheme);
        if (!result.Succeeded || context.Features.Get<Caller>() is not { } caller)
        {
            return result.Failure is SecurityTokenSignatureKeyNotFoundException && issuer.UnreadableFor is { } wait ? throw Unreadable(wait) : null;
        }

        _memory.Keep(key, new Entry(caller, clock.GetTimestamp()));
        return caller;
    }

    private static ProblemException Unreadable(TimeSpan wait)
    {
        var seconds = FailedLoginLimiter.RetryAfter(wait);
        return new(new Problem(AccessProblems.IssuerUnavailable, $"The issuer of access tokens does not answer. Try again in {seconds} seconds.")
        {
            Fields = new Dictionary<string, string> { ["Retry-After"] = seconds, ["Cache-Control"] = "no-store" },
        });
    }

    private sealed record Entry(Caller Caller, long At);
}
