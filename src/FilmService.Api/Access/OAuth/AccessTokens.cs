using FilmService.Api.Access.LogIn;
using Microsoft.AspNetCore.Authentication;

namespace FilmService.Api.Access.OAuth;

/// <summary>
/// The callers of access tokens. A token that was found right is remembered under a keyed hash, for a minute and not beyond its
/// end, because a signature costs more than a request.
/// </summary>
internal sealed class AccessTokens(TimeProvider clock)
{
    private const int Capacity = 10_000;

    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);

    private readonly BoundedMemory<Entry> _memory = new(Capacity, Remembered, clock);

    /// <summary>The caller of the request's token; null when it is not valid.</summary>
    public async ValueTask<Caller?> FindCallerAsync(HttpContext context, string token)
    {
        var key = KeyedHash.Of(token);
        if (_memory.Find(key) is { } entry && clock.GetElapsedTime(entry.At) < Remembered)
        {
            return entry.Caller.ExpiresAt > clock.GetUtcNow() && !entry.Caller.Revoked.IsCancellationRequested ? entry.Caller : null;
        }

        var result = await context.AuthenticateAsync(AccessTokenLogIn.Scheme);
        if (!result.Succeeded || context.Features.Get<Caller>() is not { } caller)
        {
            return null;
        }

        _memory.Keep(key, new Entry(caller, clock.GetTimestamp()));
        return caller;
    }

    private sealed record Entry(Caller Caller, long At);
}
