namespace FilmService.Infrastructure.Tests.Sqlite;

/// <summary>A clock that stands still until it is set.</summary>
internal sealed class SetClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 11, 22, 9, 14, 3, TimeSpan.Zero);

    /// <summary>How far the system's clock was set; no time has passed.</summary>
    public TimeSpan Jump { get; set; }

    public override DateTimeOffset GetUtcNow() => Now + Jump;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Now.Ticks;
}
