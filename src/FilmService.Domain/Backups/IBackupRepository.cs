namespace FilmService.Domain.Backups;

/// <summary>Makes backups of the database that the films are in, and keeps them. Their names are its own: any other name is unknown.</summary>
public interface IBackupRepository
{
    /// <summary>Makes a backup and verifies it, while others read and write.</summary>
    /// <exception cref="BackupFailedException">It could not be made, or is not equal to the catalogue. Nothing is left of it.</exception>
    Task<Backup> CreateAsync(CancellationToken cancellationToken);

    /// <summary>Removes what a crash has left of a backup that was being made.</summary>
    void RemoveUnfinished();

    /// <summary>All backups, newest first.</summary>
    /// <exception cref="BackupFailedException">They cannot be listed.</exception>
    IReadOnlyList<Backup> List();

    Backup? Find(string name);

    /// <summary>Opens a backup for reading; null if there is none of this name. It can be read even if it is removed meanwhile.</summary>
    Stream? Open(string name);

    /// <summary>False if there is none of this name.</summary>
    /// <exception cref="BackupFailedException">It cannot be removed.</exception>
    bool Remove(string name);
}
