using FilmService.Api.Hosting.Settings;
using FilmService.Api.RateLimiting;

namespace FilmService.Api.Search;

/// <summary>Limits on queries and exports.</summary>
/// <param name="Queries">How many queries run at the same time.</param>
/// <param name="QueryTime">How long the database may work on a query.</param>
/// <param name="Exports">How many exports are open at the same time.</param>
/// <param name="ExportTime">How long the database may work on an export.</param>
/// <param name="MaxSpooledBytes">Maximum size of the temporary files of all exports together.</param>
public sealed record SearchSettings(SlotLimits Queries, TimeSpan QueryTime, SlotLimits Exports, TimeSpan ExportTime, long MaxSpooledBytes)
{
    private const int MaxSlots = 10_000;
    private const int MaxSeconds = 86_400;

    /// <summary>What one export may spool: its share, so that no export can take another's.</summary>
    public long MaxSpooledBytesPerExport => MaxSpooledBytes / Exports.AtOnce;

    internal static SearchSettings Read(SettingsReader reader) => new(
        ReadSlots(reader, "Queries", 8),
        ReadTime(reader, "Queries:Timeout", 10),
        ReadSlots(reader, "Exports", 8),
        ReadTime(reader, "Exports:Timeout", 600),
        reader.OptionalWhole("Exports:MaxSpooledBytes", 0, long.MaxValue) ?? 2_000_000_000);

    // A quarter of all for one caller, unless it is set.
    private static SlotLimits ReadSlots(SettingsReader reader, string section, int otherwise)
    {
        var atOnce = (int)(reader.OptionalWhole(section + ":MaxAtOnce", 1, MaxSlots) ?? otherwise);
        return new SlotLimits(atOnce, (int)(reader.OptionalWhole(section + ":MaxAtOncePerCaller", 1, MaxSlots) ?? Math.Max(1, atOnce / 4)));
    }

    private static TimeSpan ReadTime(SettingsReader reader, string name, int otherwise) =>
        TimeSpan.FromSeconds(reader.OptionalWhole(name, 1, MaxSeconds) ?? otherwise);
}
