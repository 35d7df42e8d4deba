using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FilmService.Api.Access.OAuth;

namespace FilmService.Api.Webhooks;

/// <summary>
/// The secrets that sign a webhook's deliveries (Standard Webhooks 1.0), encrypted together: the current one first, then earlier ones
/// with the time until which they sign too.
/// </summary>
internal sealed class WebhookSecrets(KeyProtection protection, TimeProvider clock)
{
    private const string Prefix = "whsec_";
    private const string Purpose = "FilmService webhook secrets";
    private const int RandomBytes = 32;

    // Each is a signature in every delivery.
    private const int MaxEarlier = 4;

    /// <summary>How long an earlier secret signs beside the current one.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    public static string Create() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(RandomBytes));

    /// <summary>Encrypts the only secret of a new webhook.</summary>
    public byte[] Protect(string secret) => protection.Protect(Purpose, Encoding.ASCII.GetBytes(secret));

    /// <summary>Encrypts a new secret together with those that still sign.</summary>
    public byte[] Rotate(byte[] protectedSecrets, string secret)
    {
        var until = (clock.GetUtcNow() + Overlap).ToUnixTimeMilliseconds();
        var earlier = Decrypt(protectedSecrets).Select(known => known.Until is null ? known with { Until = until } : known).Take(MaxEarlier);
        return Protect(string.Join('\n', earlier.Select(known => string.Create(CultureInfo.InvariantCulture, $"{known.Text} {known.Until}")).Prepend(secret)));
    }

    /// <summary>The secrets that sign now, the current one first; empty if they cannot be decrypted.</summary>
    public IReadOnlyList<string> Read(byte[] protectedSecrets) => [.. Decrypt(protectedSecrets).Select(secret => secret.Text)];

    private IEnumerable<SigningSecret> Decrypt(byte[] protectedSecrets)
    {
        var text = protection.Unprotect(Purpose, protectedSecrets) is { } bytes ? Encoding.ASCII.GetString(bytes) : "";
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(SigningSecret.Parse).Where(secret => secret.Until is null || secret.Until > now);
    }

    private sealed record SigningSecret(string Text, long? Until)
    {
        public static SigningSecret Parse(string line) => line.Split(' ') is [var text, var until]
            ? new(text, long.Parse(until, CultureInfo.InvariantCulture))
            : new(line, null);
    }
}
