namespace FilmService.Domain.Backups;

/// <summary>How old the last backup is, and whether the scheduled ones succeed.</summary>
public sealed class BackupStatus(TimeProvider clock)
{
    private Backup? _last;
    private volatile bool _isFailing;

    /// <summary>The time since the last verified backup was made; null if there is none.</summary>
    public TimeSpan? AgeOfLastVerified => Volatile.Read(ref _last) is { } last ? clock.GetUtcNow() - last.CreatedAt : null;

    /// <summary>True if the last scheduled backup failed, and none has been verified since.</summary>
    public bool IsFailing => _isFailing;

    /// <summary>A backup was verified, now or earlier.</summary>
    public void Verified(Backup backup)
    {
        Volatile.Write(ref _last, backup);
        _isFailing = false;
    }

    /// <summary>A scheduled backup failed.</summary>
    public void Failed() => _isFailing = true;
}
