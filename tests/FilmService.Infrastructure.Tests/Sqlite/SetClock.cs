namespace FilmService.Infrastructure.Tests.Sqlite;

/// <summary>A clock that stands until it is set.</summary>
internal sealed class SetClock : TimeProvider
{
    /// <summary>The moment that it shows.</summary>
    public DateTimeOffset Now { get; set; } = new(2026, 11, 22, 9, 14, 3, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
