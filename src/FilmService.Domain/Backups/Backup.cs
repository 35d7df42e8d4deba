using FilmService.Domain.Films;

namespace FilmService.Domain.Backups;

/// <summary>A copy of the whole database in one file.</summary>
/// <param name="Revision">The last change in it.</param>
/// <param name="Bytes">Its size.</param>
public sealed record Backup(string Name, DateTimeOffset CreatedAt, Revision Revision, long Bytes)
{
    /// <summary>The number of films in it; null if it was not verified here.</summary>
    public long? Films { get; init; }

    /// <summary>The SHA-256 of the file, in hexadecimal; null if it was not verified here.</summary>
    public string? Sha256 { get; init; }

    /// <summary>True if the copy was opened, checked and compared with the catalogue when it was made.</summary>
    public bool IsVerified => Sha256 is not null;
}

/// <summary>No backup was made.</summary>
/// <param name="message">Why, in words that may be shown to an administrator.</param>
public sealed class BackupFailedException(string message, Exception? innerException = null) : Exception(message, innerException);
