using FilmService.Domain.Backups;

namespace FilmService.Api.Backups;

/// <summary>A backup.</summary>
/// <param name="Name">Its file's name: the time, in UTC, and the revision.</param>
/// <param name="Revision">The last change in it.</param>
/// <param name="Films">The number of films in it; null if it was not verified here.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">The SHA-256 of the file, in hexadecimal; null if it was not verified here.</param>
/// <param name="Verified">True if it was opened, checked and compared with the catalogue when it was made.</param>
public sealed record BackupResponse(string Name, string Revision, long? Films, long Bytes, string? Sha256, bool Verified)
{
    internal static BackupResponse Of(Backup backup) =>
        new(backup.Name, backup.Revision.ToString(), backup.Films, backup.Bytes, backup.Sha256, backup.IsVerified);
}
