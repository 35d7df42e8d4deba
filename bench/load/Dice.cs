namespace FilmService.Load;

/// <summary>Random numbers for a few nanoseconds each, the same for every server (xorshift64*).</summary>
internal sealed class Dice(uint seed)
{
    private ulong state = 0x9E3779B97F4A7C15UL ^ seed;

    public int Below(int limit)
    {
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        return (int)(((state * 0x2545F4914F6CDD1DUL) >> 33) % (ulong)limit);
    }
}
