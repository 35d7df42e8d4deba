using System.Runtime.Versioning;
using System.Security.Cryptography;
using FilmService.Domain.Writing;
using FilmService.Infrastructure;
using Microsoft.AspNetCore.DataProtection;

namespace FilmService.Api.Access.OAuth;

/// <summary>
/// Encrypts the private halves of the signing keys, and the secrets of webhooks. The encryption key is in a folder beside the database
/// that only the service's operating-system user can open; on Windows it is also encrypted for that user. A copy of the database
/// alone, such as a backup, therefore reveals neither; a copy of both does.
/// </summary>
internal sealed class KeyProtection(DatabaseOptions database)
{
    private const string Suffix = "-keys";
    private const UnixFileMode UserAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // Without a memory of failures: the disk may have room again.
    private readonly Lazy<IDataProtectionProvider> _provider = new(() => Open(database.PathBeside(Suffix)), LazyThreadSafetyMode.PublicationOnly);

    /// <param name="purpose">What the secret is for: what was encrypted for one purpose cannot be used for another.</param>
    /// <exception cref="CatalogUnavailableException">There is no key yet, and none can be stored.</exception>
    public byte[] Protect(string purpose, byte[] secret)
    {
        try
        {
            return _provider.Value.CreateProtector(purpose).Protect(secret);
        }
        catch (Exception exception) when (exception.GetBaseException() is IOException or UnauthorizedAccessException)
        {
            throw new CatalogUnavailableException($"The encryption key beside the database cannot be stored: {DiskFailure.Describe(exception.GetBaseException())}", exception);
        }
    }

    /// <summary>The secret; null if it was encrypted with a different key from the one beside the database.</summary>
    public byte[]? Unprotect(string purpose, byte[] protectedSecret)
    {
        try
        {
            return _provider.Value.CreateProtector(purpose).Unprotect(protectedSecret);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static IDataProtectionProvider Open(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return OpenOnWindows(Directory.CreateDirectory(folder));
        }

        // A folder restored from a backup may be readable by others.
        var secret = Directory.CreateDirectory(folder, UserAlone);
        secret.UnixFileMode = UserAlone;
        foreach (var file in secret.EnumerateFiles())
        {
            file.UnixFileMode = UserAlone & ~UnixFileMode.UserExecute;
        }

        return DataProtectionProvider.Create(secret);
    }

    [SupportedOSPlatform("windows")]
    private static IDataProtectionProvider OpenOnWindows(DirectoryInfo folder) =>
        DataProtectionProvider.Create(folder, [SupportedOSPlatform("windows")] (protection) => protection.ProtectKeysWithDpapi());
}
