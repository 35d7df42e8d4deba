using Cronos;
using FilmService.Api.Hosting.Settings;

namespace FilmService.Api.Backups;

/// <summary>Where backups are kept, when they are made, and how many are kept.</summary>
/// <param name="Folder">Null for the folder <c>backups</c> beside the database.</param>
/// <param name="Schedule">When to make one, in UTC; null for only on request.</param>
/// <param name="Keep">Null for all.</param>
public sealed record BackupSettings(string? Folder, CronExpression? Schedule, int? Keep)
{
    internal static BackupSettings Read(SettingsReader reader) => new(
        reader.Text("Backups:Folder", "") is { Length: > 0 } folder ? folder : null,
        ReadSchedule(reader, "Backups:Schedule"),
        (int?)reader.OptionalWhole("Backups:Keep", 1, 100_000));

    private static CronExpression? ReadSchedule(SettingsReader reader, string name)
    {
        if (reader.Text(name, "") is not { Length: > 0 } text)
        {
            return null;
        }

        return !CronExpression.TryParse(text, out var schedule)
            ? reader.Fault<CronExpression?>(name, text, "a cron expression with five fields (minute, hour, day of month, month, day of week), such as '30 3 * * *', in UTC", null)
            : schedule.GetNextOccurrence(DateTime.UtcNow) is null
                ? reader.Fault<CronExpression?>(name, text, "a cron expression that occurs; this one never does", null)
                : schedule;
    }
}
