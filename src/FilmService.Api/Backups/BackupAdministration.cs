using FilmService.Api.Audit;
using FilmService.Api.Http.Problems;
using FilmService.Domain.Audit;
using FilmService.Domain.Backups;

namespace FilmService.Api.Backups;

/// <summary>Makes and deletes backups at a caller's request, for the API and for the pages.</summary>
/// <remarks>Every method throws a <see cref="ProblemException"/> that says why if the backups fail.</remarks>
public sealed class BackupAdministration(BackupDirectory backups, IHostApplicationLifetime lifetime, IAuditLog audit, ILogger<BackupAdministration> logger)
{
    public IReadOnlyList<Backup> List() => Guard(() => Task.FromResult(backups.List())).GetAwaiter().GetResult();

    /// <exception cref="ProblemException">409: another backup is being made.</exception>
    public Task<Backup> CreateAsync(HttpContext context) => Guard(async () =>
    {
        // A client that disconnects wants its backup all the same.
        var backup = await backups.CreateAsync(lifetime.ApplicationStopping)
            ?? throw new ProblemException(new Problem(BackupProblems.Running, "Another backup is being made. Wait until it is in the list."));
        await audit.RecordAsync([context.Audit(AuditActions.BackupCreated, backup.Name)], CancellationToken.None);
        return backup;
    });

    /// <summary>Deletes a backup; false if there is none of this name.</summary>
    public Task<bool> RemoveAsync(HttpContext context, string name) => Guard(async () =>
    {
        if (!backups.Remove(name))
        {
            return false;
        }

        await audit.RecordAsync([context.Audit(AuditActions.BackupDeleted, name)], CancellationToken.None);
        return true;
    });

    /// <summary>The file of a backup, open for reading; null if there is none of this name.</summary>
    public Task<(Backup Backup, Stream File)?> OpenAsync(string name) => Guard(() =>
        Task.FromResult<(Backup, Stream)?>(backups.Find(name) is { } backup && backups.Open(name) is { } file ? (backup, file) : null));

    private async Task<T> Guard<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (BackupFailedException exception)
        {
            logger.LogError(exception, "A request for a backup failed. {Reason}", exception.Message);
            throw new ProblemException(new Problem(BackupProblems.Failed, exception.Message));
        }
    }
}
