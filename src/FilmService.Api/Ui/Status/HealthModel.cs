using FilmService.Api.Ui.Administration;
using FilmService.Domain.Films;

namespace FilmService.Api.Ui.Status;

/// <summary>How the service is.</summary>
/// <param name="Failures">The checks that fail, and why; empty if the service is ready.</param>
/// <param name="Current">The catalogue's revision.</param>
/// <param name="Films">The number of films; null if they cannot be counted at the moment.</param>
/// <param name="Bytes">The size of the database, of its write-ahead log, and what is free on its disk; null if that is not known.</param>
/// <param name="Backup">The time since the last verified backup was made; null if there is none.</param>
/// <param name="Now">The time, to say how long ago that was.</param>
public sealed record HealthModel(IReadOnlyDictionary<string, string> Failures, Revision Current, long? Films, (long Database, long Log, long? Free) Bytes, TimeSpan? Backup, DateTimeOffset Now)
    : AdministrationModel("Health", UiAddress.Health)
{
    public static string Version { get; } = typeof(HealthModel).Assembly.GetName().Version!.ToString(3);
}
