namespace FilmService.Infrastructure.Caching;

/// <summary>A counter for hot paths: processors do not wait for one another, because each counts in a cache line of its own.</summary>
internal sealed class ProcessorCounter
{
    // Numbers in two cache lines, which processors fetch together.
    private const int Stride = 128 / sizeof(long);

    private readonly long[] _counts = new long[(Environment.ProcessorCount + 1) * Stride];

    public long Total
    {
        get
        {
            var total = 0L;
            for (var i = Stride; i < _counts.Length; i += Stride)
            {
                total += Volatile.Read(ref _counts[i]);
            }

            return total;
        }
    }

    public void Increment() => Interlocked.Increment(ref _counts[((int)((uint)Thread.GetCurrentProcessorId() % (uint)Environment.ProcessorCount) + 1) * Stride]);
}
