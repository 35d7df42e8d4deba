namespace FilmService.Infrastructure.Tests.Sqlite;

/// <summary>A clock that stands still until it is set.</summary>
internal sealed class SetClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 11, 22, 9, 14, 3, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
