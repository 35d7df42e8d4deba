namespace FilmService.Domain.Backups;

/// <param name="Keep">How many backups are kept; null for all.</param>
public sealed record BackupRules(int? Keep);

/// <summary>The backups: one is made at a time, and those that are too many are removed after the next has been verified.</summary>
public sealed class BackupDirectory(IBackupRepository repository, BackupRules rules, BackupStatus status) : IDisposable
{
    // Separate, so that a backup that is requested during the start waits for its end rather than being refused.
    private readonly SemaphoreSlim _making = new(1);
    private readonly SemaphoreSlim _beginning = new(1);

    /// <summary>At start-up: removes what a crash has left, and finds the last verified backup.</summary>
    /// <exception cref="BackupFailedException">The backups cannot be listed.</exception>
    public void Begin()
    {
        RemoveUnfinished();
        if (repository.List().FirstOrDefault(backup => backup.IsVerified) is { } last)
        {
            status.Verified(last);
        }
    }

    public IReadOnlyList<Backup> List() => repository.List();

    public Backup? Find(string name) => repository.Find(name);

    public Stream? Open(string name) => repository.Open(name);

    public bool Remove(string name) => repository.Remove(name);

    /// <summary>Makes a backup; null if one is being made.</summary>
    /// <exception cref="BackupFailedException">It failed.</exception>
    public async Task<Backup?> CreateAsync(CancellationToken cancellationToken)
    {
        if (!await _making.WaitAsync(0, CancellationToken.None))
        {
            return null;
        }

        try
        {
            await _beginning.WaitAsync(CancellationToken.None);
            return await MakeAsync(cancellationToken);
        }
        finally
        {
            _beginning.Release();
            _making.Release();
        }
    }

    private async Task<Backup> MakeAsync(CancellationToken cancellationToken)
    {
        var backup = await repository.CreateAsync(cancellationToken);
        status.Verified(backup);
        RemoveOld();
        return backup;
    }

    // Not the files of one that is being made.
    private void RemoveUnfinished()
    {
        _beginning.Wait();
        try
        {
            repository.RemoveUnfinished();
        }
        finally
        {
            _beginning.Release();
        }
    }

    private void RemoveOld()
    {
        foreach (var old in rules.Keep is { } keep ? repository.List().Skip(keep) : [])
        {
            repository.Remove(old.Name);
        }
    }

    public void Dispose()
    {
        _making.Dispose();
        _beginning.Dispose();
    }
}
