namespace FilmService.Domain.Audit;

/// <summary>Something that a caller did, for the audit log. It contains no secret.</summary>
/// <param name="At">When; for failed logins the minute in which they failed.</param>
/// <param name="By">The caller's name; null if nobody is logged in.</param>
/// <param name="Method">How the caller logged in, such as <c>basic</c>; null if nobody is logged in.</param>
/// <param name="From">The address that the request came from; null for several, and for a Unix socket.</param>
/// <param name="Action">One of <see cref="AuditActions"/>.</param>
public sealed record AuditEvent(DateTimeOffset At, string? By, string? Method, string? From, string Action)
{
    /// <summary>What it was done to, such as a user's name or a key's id; null if that is the service.</summary>
    public string? Target { get; init; }

    /// <summary>More about it, in a few words; null if there is no more.</summary>
    public string? Detail { get; init; }

    /// <summary>How often, or to how many films; null for once.</summary>
    public long? Count { get; init; }

    /// <summary>What somebody does on the machine itself, with the rights that the operating system gives: no name is known.</summary>
    public static AuditEvent OnTheMachine(string action) => new(DateTimeOffset.UtcNow, null, null, null, action);

    /// <summary>The event with its target, for what gets its id only when it is created.</summary>
    public AuditEvent About(string target) => this with { Target = target };
}

/// <summary>An event as it was recorded.</summary>
/// <param name="Id">Its number: each is greater by one than the one before.</param>
public sealed record AuditEntry(long Id, AuditEvent Event);

/// <summary>A page of the audit log.</summary>
/// <param name="Items">The entries, in order.</param>
/// <param name="First">The oldest entry that is kept; 0 if nothing was recorded.</param>
/// <param name="Last">The newest entry; 0 if nothing was recorded.</param>
public sealed record AuditPage(IReadOnlyList<AuditEntry> Items, long First, long Last);
