using System.Runtime.Versioning;
using System.Security.Cryptography;
using FilmService.Infrastructure;
using Microsoft.AspNetCore.DataProtection;

namespace FilmService.Api.Access.OAuth;

/// <summary>
/// Encrypts the private halves of the signing keys. The encryption key is in a folder beside the database that only the service's
/// operating-system user can open; on Windows it is also encrypted for that user. A copy of the database alone, such as a backup,
/// therefore reveals no signing key; a copy of both does.
/// </summary>
internal sealed class KeyProtection(DatabaseOptions database)
{
    private const string Suffix = "-keys";
    private const UnixFileMode UserAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const string Purpose = "FilmService signing keys";

    private readonly Lazy<IDataProtector> _protector = new(() => Open(database.PathBeside(Suffix)));

    public byte[] Protect(byte[] privateKey) => _protector.Value.Protect(privateKey);

    /// <summary>The private half; null if it was encrypted with a different key from the one beside the database.</summary>
    public byte[]? Unprotect(byte[] protectedKey)
    {
        try
        {
            return _protector.Value.Unprotect(protectedKey);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static IDataProtector Open(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return OpenOnWindows(Directory.CreateDirectory(folder)).CreateProtector(Purpose);
        }

        // A folder restored from a backup may be readable by others.
        var secret = Directory.CreateDirectory(folder, UserAlone);
        secret.UnixFileMode = UserAlone;
        foreach (var file in secret.EnumerateFiles())
        {
            file.UnixFileMode = UserAlone & ~UnixFileMode.UserExecute;
        }

        return DataProtectionProvider.Create(secret).CreateProtector(Purpose);
    }

    [SupportedOSPlatform("windows")]
    private static IDataProtectionProvider OpenOnWindows(DirectoryInfo folder) =>
        DataProtectionProvider.Create(folder, [SupportedOSPlatform("windows")] (protection) => protection.ProtectKeysWithDpapi());
}
