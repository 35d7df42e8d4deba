using Serilog.Events;

namespace FilmService.Api.Hosting.Logging;

/// <summary>
/// The journal of systemd. It takes the level of a line from a prefix such as <c>&lt;4&gt;</c>, which it removes (sd-daemon(3)), so that
/// <c>journalctl -p warning</c> finds it.
/// </summary>
internal static class Journal
{
    /// <summary>True if standard output is the journal (<c>JOURNAL_STREAM</c>, systemd.exec(5)): its device and inode are in the variable.</summary>
    public static bool IsOutput { get; } = Environment.GetEnvironmentVariable("JOURNAL_STREAM")?.Split(':') is [_, var inode]
        && new FileInfo("/proc/self/fd/1").LinkTarget?.EndsWith($"[{inode}]", StringComparison.Ordinal) is true;

    public static ReadOnlySpan<byte> PrefixOf(LogEventLevel level) => level switch
    {
        LogEventLevel.Fatal => "<2>"u8,
        LogEventLevel.Error => "<3>"u8,
        LogEventLevel.Warning => "<4>"u8,
        LogEventLevel.Information => "<6>"u8,
        _ => "<7>"u8,
    };
}
