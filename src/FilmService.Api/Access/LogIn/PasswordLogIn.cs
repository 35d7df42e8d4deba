using System.Collections.Concurrent;
using System.Net;
using FilmService.Domain.Access;

namespace FilmService.Api.Access.LogIn;

/// <summary>
/// Checks passwords. Hashing is slow on purpose, so a right log-in is remembered for a minute under a keyed hash, and forgotten
/// at once when its user changes. Only a few passwords are hashed at a time, so that guessing does not take the whole machine.
/// </summary>
internal sealed class PasswordLogIn(UserDirectory users, FailedLogIns failures, TimeProvider clock) : IDisposable
{
    private const int Capacity = 10_000;
    private const int MaxWaiting = 64;

    private static readonly TimeSpan BusyWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);

    // Credentials that were right not long ago are checked again however many others fail from the same address.
    private static readonly TimeSpan Trusted = TimeSpan.FromHours(1);

    private readonly BoundedMemory<Entry> _memory = new(Capacity, Trusted, clock);
    private readonly ConcurrentDictionary<UInt128, Lazy<Task<LogInResult>>> _running = new();
    private readonly SemaphoreSlim _hashing = new(Math.Max(1, Environment.ProcessorCount - 1));
    private int _waiting;

    /// <summary>The caller of an Authorization field that was found right within the last minute; else null.</summary>
    public Caller? Recall(string field) =>
        _memory.Find(KeyedHash.Of(field)) is { } entry && IsCurrent(entry) && clock.GetElapsedTime(entry.At) < Remembered ? entry.Caller : null;

    /// <summary>The caller of a name and a password, or why there is none.</summary>
    public async Task<LogInResult> LogInAsync(IPAddress? address, string field, string name, string password)
    {
        // The same credentials at the same time are hashed once.
        var key = KeyedHash.Of(field);
        var run = _running.GetOrAdd(key, _ => new(() => VerifyAsync(key, address, name, password)));
        try
        {
            return await run.Value;
        }
        finally
        {
            _running.TryRemove(new(key, run));
        }
    }

    private async Task<LogInResult> VerifyAsync(UInt128 key, IPAddress? address, string name, string password)
    {
        var isTrusted = _memory.Find(key) is { } earlier && IsCurrent(earlier);
        if (!isTrusted && failures.Begin(address, name) is { } wait)
        {
            return new(null, wait);
        }

        if (Volatile.Read(ref _waiting) >= MaxWaiting)
        {
            return new(null, BusyWait);
        }

        var user = await HashAsync(name, password);
        if (user is not null && !isTrusted)
        {
            failures.Succeeded(address, name);
        }

        return user is null ? default : Remember(key, user);
    }

    private LogInResult Remember(UInt128 key, Registered<User> user)
    {
        var entry = new Entry(user, Caller.Of(user), clock.GetTimestamp());
        _memory.Keep(key, entry);
        return new(entry.Caller, null);
    }

    private async Task<Registered<User>?> HashAsync(string name, string password)
    {
        Interlocked.Increment(ref _waiting);
        await _hashing.WaitAsync();
        Interlocked.Decrement(ref _waiting);
        try
        {
            return await Task.Run(() => users.LogIn(name, password));
        }
        finally
        {
            _hashing.Release();
        }
    }

    private bool IsCurrent(Entry entry) => ReferenceEquals(users.Find(entry.User.Record.Name), entry.User);

    public void Dispose() => _hashing.Dispose();

    private sealed record Entry(Registered<User> User, Caller Caller, long At);
}
