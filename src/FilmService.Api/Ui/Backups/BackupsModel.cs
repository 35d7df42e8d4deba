using FilmService.Api.Ui.Administration;
using FilmService.Domain.Backups;

namespace FilmService.Api.Ui.Backups;

/// <summary>The list of backups.</summary>
/// <param name="Age">The time since the last verified one was made; null if there is none.</param>
/// <param name="IsFailing">True if the last scheduled one failed.</param>
/// <param name="Now">The time, to say how long ago they were made.</param>
public sealed record BackupsModel(IReadOnlyList<Backup> Backups, TimeSpan? Age, bool IsFailing, DateTimeOffset Now) : AdministrationModel("Backups", UiAddress.Backups)
{
    /// <summary>What is wrong with the form that was sent; null for nothing.</summary>
    public string? Fault { get; init; }
}
