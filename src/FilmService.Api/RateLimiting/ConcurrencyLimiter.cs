namespace FilmService.Api.RateLimiting;

/// <summary>Places for what lasts, so that only so much of it goes on at a time, in all and of one caller.</summary>
internal sealed class ConcurrencyLimiter(int max, int maxPerCaller)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _byCaller = [];

    /// <summary>How many are taken.</summary>
    public int Taken { get; private set; }

    /// <summary>Takes a place; dispose it, once, to give the place back. Null when there is none for the caller.</summary>
    public IDisposable? Take(string caller)
    {
        lock (_gate)
        {
            var taken = _byCaller.GetValueOrDefault(caller);
            if (Taken == max || taken == maxPerCaller)
            {
                return null;
            }

            Taken++;
            _byCaller[caller] = taken + 1;
        }

        return new Place(this, caller);
    }

    private void GiveBack(string caller)
    {
        lock (_gate)
        {
            Taken--;
            if (--_byCaller[caller] == 0)
            {
                _byCaller.Remove(caller);
            }
        }
    }

    private sealed class Place(ConcurrencyLimiter owner, string caller) : IDisposable
    {
        public void Dispose() => owner.GiveBack(caller);
    }
}
