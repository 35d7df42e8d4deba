using System.Globalization;
using System.Net;
using System.Net.Sockets;
using FilmService.Api.Http.Problems;

namespace FilmService.Api.Access.Authentication;

/// <summary>
/// Slows down those who guess: log-ins that fail are counted by address, and by user and address together. Never by user
/// alone, so that nobody can lock another out. An IPv6 address counts as its /64, which one household has whole.
/// </summary>
internal sealed class FailedLoginLimiter(TimeProvider clock)
{
    /// <summary>The most failures of one user from one address in a minute.</summary>
    public const int PerUser = 10;

    /// <summary>The most failures from one address in a minute.</summary>
    public const int PerAddress = 100;

    private const int Capacity = 20_000;
    private const int Ipv6PrefixBytes = 8;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly FailureCounter _byUser = new(PerUser, Window, Capacity, clock);
    private readonly FailureCounter _byAddress = new(PerAddress, Window, Capacity, clock);

    /// <summary>Counts a log-in as failed, before anything is hashed; <see cref="TakeBack"/> undoes it.</summary>
    /// <returns>How long to wait, when too many have failed; then it is not counted.</returns>
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

    /// <summary>The log-in was right after all, or was not looked at.</summary>
    public void TakeBack(IPAddress? address, string user)
    {
        _byUser.TakeBack(Key(address, user));
        _byAddress.TakeBack(Key(address));
    }

    /// <summary>Counts a key or token that was refused; those are not guessed, and a right one always gets in.</summary>
    /// <returns>How long to wait, when too many have failed.</returns>
    public TimeSpan? Count(IPAddress? address) => _byAddress.Add(Key(address));

    /// <summary>What is counted as one address.</summary>
    public static string BlockOf(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes(), 0, Ipv6PrefixBytes),
        _ => address.ToString(),
    };

    /// <summary>The answer to one who must wait.</summary>
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
