using FilmService.Api.Hosting.Settings;

namespace FilmService.Api.Audit;

/// <summary>How long the audit log is kept.</summary>
internal sealed record AuditSettings(int KeepDays)
{
    private const int Default = 400;

    public static AuditSettings Read(SettingsReader reader) => new((int)(reader.OptionalWhole("Audit:KeepDays", 1, 36_500) ?? Default));
}
