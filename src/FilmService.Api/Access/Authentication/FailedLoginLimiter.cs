using System.Globalization;
using System.Net;
using System.Net.Sockets;
using FilmService.Api.Http.Problems;

namespace FilmService.Api.Access.Authentication;

/// <summary>
/// Slows down password guessing: failed logins are counted per address, and per user and address. They are never counted per user
/// alone, so that nobody can lock another user out. An IPv6 address counts as its /64, because one household usually has all of
/// it.
/// </summary>
internal sealed class FailedLoginLimiter(TimeProvider clock)
{
    /// <summary>Maximum number of failures per minute of one user from one address.</summary>
    public const int PerUser = 10;

    /// <summary>Maximum number of failures per minute from one address.</summary>
    public const int PerAddress = 100;

    private const int Capacity = 20_000;
    private const int Ipv6PrefixBytes = 8;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly FailureCounter _byUser = new(PerUser, Window, Capacity, clock);
    private readonly FailureCounter _byAddress = new(PerAddress, Window, Capacity, clock);

    private long _rejections;

    /// <summary>The number of credentials that were rejected, whether they were wrong or too many others had failed.</summary>
    public long Rejections => Volatile.Read(ref _rejections);

    /// <summary>Counts a rejected credential for <see cref="Rejections"/> alone.</summary>
    public void NoteRejection() => Interlocked.Increment(ref _rejections);

    /// <summary>Counts a login as failed before its password is hashed; <see cref="TakeBack(IPAddress, string)"/> undoes it.</summary>
    /// <returns>How long to wait if too many have failed, in which case this one is not counted; else null.</returns>
    public TimeSpan? Begin(IPAddress? address, string user)
    {
        if (_byAddress.Add(Key(address)) is { } wait)
        {
            return wait;
        }

        var waitForUser = _byUser.Add(Key(address, user));
        if (waitForUser is not null)
        {
            _byAddress.TakeBack(Key(address));
        }

        return waitForUser;
    }

    /// <summary>Undoes <see cref="Begin"/>: the login succeeded, or was not checked.</summary>
    public void TakeBack(IPAddress? address, string user)
    {
        _byUser.TakeBack(Key(address, user));
        TakeBack(address);
    }

    /// <summary>Undoes <see cref="Count"/>.</summary>
    public void TakeBack(IPAddress? address) => _byAddress.TakeBack(Key(address));

    /// <summary>How long an address must wait if too many of its logins have failed; else null. Counts nothing.</summary>
    public TimeSpan? WaitOf(IPAddress? address) => _byAddress.Peek(Key(address));

    /// <summary>Counts a rejected key, token or client secret. Keys and client secrets are cheap to check and too long to guess, so a valid one is always accepted.</summary>
    /// <returns>How long to wait if too many have failed; else null.</returns>
    public TimeSpan? Count(IPAddress? address) => _byAddress.Add(Key(address));

    /// <summary>The key under which an address is counted.</summary>
    public static string BlockOf(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes(), 0, Ipv6PrefixBytes),
        _ => address.ToString(),
    };

    /// <summary>The problem for a caller who must wait.</summary>
    public static Problem TooMany(TimeSpan wait)
    {
        var seconds = RetryAfter(wait);
        return new Problem(AccessProblems.TooManyFailedLogIns, $"Too many failed logins. Try again in {seconds} seconds.")
        {
            Fields = new Dictionary<string, string> { ["Retry-After"] = seconds, ["Cache-Control"] = "no-store" },
        };
    }

    /// <summary>The value of Retry-After (RFC 9110 §10.2.3).</summary>
    public static string RetryAfter(TimeSpan wait) => Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    private static ulong Key(IPAddress? address, string? user = null) => (ulong)KeyedHash.Of(user is null ? BlockOf(address) : $"{BlockOf(address)}\n{user}");
}
