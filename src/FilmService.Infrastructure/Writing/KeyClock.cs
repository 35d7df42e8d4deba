namespace FilmService.Infrastructure.Writing;

/// <summary>
/// The time by which idempotency keys expire. It goes on from the last key that is stored, and counts only the time in which the service
/// runs: the system's clock may be set at any time, and a key that expires early would let a retry have a second effect.
/// </summary>
/// <param name="last">The time of the last key.</param>
internal sealed class KeyClock(TimeProvider clock, DateTimeOffset last)
{
    private readonly long _begin = clock.GetTimestamp();

    public DateTimeOffset Now => last + clock.GetElapsedTime(_begin);
}
