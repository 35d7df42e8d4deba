using System.Threading.RateLimiting;
using FilmService.Api.Access.Authentication;

namespace FilmService.Api.Changes;

/// <summary>Limits the number of open streams. No number of addresses can take the places of callers who are logged in.</summary>
internal sealed class StreamPlaces(StreamLimits limits) : IDisposable
{
    private readonly CallerSlots _places = new(limits.MaxStreams, limits.MaxAnonymousStreams, limits.MaxStreamsPerCaller);

    /// <inheritdoc cref="CallerSlots.Used"/>
    public long Used => _places.Used;

    /// <inheritdoc cref="CallerSlots.Take"/>
    public RateLimitLease Take(CountedCaller caller) => _places.Take(caller);

    public void Dispose() => _places.Dispose();
}
