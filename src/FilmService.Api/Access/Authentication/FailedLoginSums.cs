using FilmService.Domain.Audit;

namespace FilmService.Api.Access.Authentication;

/// <summary>
/// Failed logins for the audit log, summed by minute, address and user. Guessing must not fill the database: after a number of
/// sums in an hour, those of further addresses are added up without an address.
/// </summary>
internal sealed class FailedLoginSums(TimeProvider clock)
{
    /// <summary>Maximum number of sums per hour, besides one without an address in each minute.</summary>
    public const int MaxPerHour = 100;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string? From, string? User), long> _sums = [];
    private List<AuditEvent> _complete = [];
    private DateTimeOffset _minute = Start(clock.GetUtcNow(), TimeSpan.TicksPerMinute);
    private int _inThisHour;

    /// <summary>Adds a failed login.</summary>
    /// <param name="from">The address that it came from.</param>
    /// <param name="user">The user, if it exists. Other names are not kept: people type passwords there.</param>
    public void Add(string? from, string? user)
    {
        lock (_lock)
        {
            CompleteMinute();
            var key = _sums.ContainsKey((from, user)) || ++_inThisHour <= MaxPerHour ? (from, user) : (null, null);
            _sums[key] = _sums.GetValueOrDefault(key) + 1;
        }
    }

    /// <summary>Takes the sums of the minutes that are over.</summary>
    public IReadOnlyList<AuditEvent> TakeComplete()
    {
        lock (_lock)
        {
            CompleteMinute();
            return Take();
        }
    }

    /// <summary>Takes all sums, also that of the current minute.</summary>
    public IReadOnlyList<AuditEvent> TakeAll()
    {
        lock (_lock)
        {
            Complete();
            return Take();
        }
    }

    private void CompleteMinute()
    {
        var now = clock.GetUtcNow();
        if (Start(now, TimeSpan.TicksPerMinute) is var minute && minute != _minute)
        {
            Complete();
            _inThisHour = Start(now, TimeSpan.TicksPerHour) == Start(_minute, TimeSpan.TicksPerHour) ? _inThisHour : 0;
            _minute = minute;
        }
    }

    private void Complete()
    {
        foreach (var ((from, user), count) in _sums)
        {
            _complete.Add(new AuditEvent(_minute, null, null, from, AuditActions.FailedLogIn) { Target = user, Count = count });
        }

        _sums.Clear();
    }

    private List<AuditEvent> Take()
    {
        var taken = _complete;
        _complete = [];
        return taken;
    }

    private static DateTimeOffset Start(DateTimeOffset time, long ticks) => new(time.UtcTicks / ticks * ticks, TimeSpan.Zero);
}
