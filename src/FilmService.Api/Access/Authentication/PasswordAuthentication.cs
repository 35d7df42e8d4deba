using System.Collections.Concurrent;
using System.Net;
using FilmService.Domain.Access;

namespace FilmService.Api.Access.Authentication;

/// <summary>
/// Checks passwords. Hashing is slow on purpose, so a successful login is cached for a minute under a keyed hash, and dropped at
/// once when its user changes. Only a few passwords are hashed at a time, so that guessing cannot occupy the whole machine.
/// </summary>
internal sealed class PasswordAuthentication(UserDirectory users, FailedLoginLimiter failures, LoginAudit audit, TimeProvider clock) : IDisposable
{
    private const int Capacity = 10_000;
    private const int MaxWaiting = 64;

    private static readonly TimeSpan BusyWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);

    // Credentials that were valid recently neither count as a guess nor queue behind those of others.
    private static readonly TimeSpan Trusted = TimeSpan.FromHours(1);

    private readonly ExpiringCache<Entry> _memory = new(Capacity, Trusted, clock);
    private readonly ConcurrentDictionary<Attempt, Lazy<Task<AuthenticationOutcome>>> _running = new();
    private readonly SemaphoreSlim _hashing = new(Math.Max(1, Environment.ProcessorCount - 1));
    private int _waiting;

    /// <summary>Checks a user name and password.</summary>
    /// <param name="address">The address that the request comes from.</param>
    /// <param name="credentials">Name and password as encoded in the request; the key of the cache.</param>
    /// <param name="name">The decoded name.</param>
    /// <param name="password">The decoded password.</param>
    public async Task<AuthenticationOutcome> LogInAsync(IPAddress? address, string credentials, string name, string password)
    {
        if (Recall(credentials) is { } caller)
        {
            return new(caller);
        }

        // Concurrent logins with the same credentials share one hash. They do not share it across a change of the user, after
        // which the old password is wrong, nor across addresses, each of which has its own failures.
        var attempt = new Attempt(KeyedHash.Of(credentials), users.Find(name), address);
        var run = _running.GetOrAdd(attempt, _ => new(() => VerifyAsync(attempt, name, password)));
        try
        {
            return await run.Value;
        }
        finally
        {
            _running.TryRemove(new(attempt, run));
        }
    }

    /// <summary>The caller of encoded credentials that were found valid within the last minute; null otherwise.</summary>
    public Caller? Recall(string credentials) =>
        _memory.Find(KeyedHash.Of(credentials)) is { } entry && IsCurrent(entry) && clock.GetElapsedTime(entry.At) < Remembered ? entry.Caller : null;

    private async Task<AuthenticationOutcome> VerifyAsync(Attempt attempt, string name, string password)
    {
        if (_memory.Find(attempt.Key) is { } earlier && ReferenceEquals(earlier.User, attempt.User))
        {
            return await Task.Run(() => Check(attempt, password));
        }

        if (failures.Begin(attempt.Address, name) is { } wait)
        {
            return new(null, wait);
        }

        var result = await CheckInTurnAsync(attempt, password);
        if (result.Caller is not null || result.Wait is not null)
        {
            failures.TakeBack(attempt.Address, name);
        }
        else
        {
            audit.AddFailed(attempt.Address, attempt.User?.Record.Name);
        }

        return result;
    }

    private async Task<AuthenticationOutcome> CheckInTurnAsync(Attempt attempt, string password)
    {
        if (Interlocked.Increment(ref _waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return new(null, BusyWait);
        }

        await _hashing.WaitAsync();
        try
        {
            return await Task.Run(() => Check(attempt, password));
        }
        finally
        {
            _hashing.Release();
            Interlocked.Decrement(ref _waiting);
        }
    }

    private AuthenticationOutcome Check(Attempt attempt, string password)
    {
        if (!users.IsPasswordOf(attempt.User, password))
        {
            return default;
        }

        var entry = new Entry(attempt.User!, Caller.Of(attempt.User!), clock.GetTimestamp());
        _memory.Keep(attempt.Key, entry);
        return new(entry.Caller) { IsNew = true };
    }

    private bool IsCurrent(Entry entry) => ReferenceEquals(users.Find(entry.User.Record.Name), entry.User);

    public void Dispose() => _hashing.Dispose();

    private sealed record Entry(InMemoryEntry<User> User, Caller Caller, long At);

    private sealed record Attempt(UInt128 Key, InMemoryEntry<User>? User, IPAddress? Address);
}
