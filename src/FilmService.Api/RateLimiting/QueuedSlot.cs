using System.Threading.RateLimiting;
using FilmService.Api.Http.Problems;

namespace FilmService.Api.RateLimiting;

/// <summary>A slot of <see cref="QueuedSlots"/>, or why there is none.</summary>
internal sealed class QueuedSlot : IDisposable
{
    private readonly List<RateLimitLease> _leases = new(3);

    /// <summary>429: the caller has too many; 503: all callers together have; null if the slot was acquired.</summary>
    public Problem? Refusal { get; set; }

    /// <summary>True once it has all leases that it needs.</summary>
    public bool IsFilled { get; set; }

    /// <summary>Adds a lease; false if there is none.</summary>
    public bool Add(RateLimitLease? lease)
    {
        if (lease is not null)
        {
            _leases.Add(lease);
        }

        return lease is not null;
    }

    public void DisposeUnlessFilled()
    {
        if (!IsFilled)
        {
            Dispose();
        }
    }

    // A lease can be disposed more than once.
    public void Dispose() => _leases.ForEach(lease => lease.Dispose());
}
