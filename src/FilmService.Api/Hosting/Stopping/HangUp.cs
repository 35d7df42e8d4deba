using System.Runtime.InteropServices;

namespace FilmService.Api.Hosting.Stopping;

/// <summary>
/// A terminal or a session that is closed sends SIGHUP, which would end the process at once. It stops the service in order instead, as
/// SIGTERM, SIGINT and SIGQUIT do.
/// </summary>
internal static class HangUp
{
    /// <summary>Dispose the result once the service has stopped.</summary>
    public static IDisposable? StopOnHangUp(this WebApplication app) => IsIgnored ? null : PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
    {
        signal.Cancel = true;
        app.Lifetime.StopApplication();
    });

    // nohup(1) makes a program ignore the signal before it starts; see proc_pid_status(5).
    private static bool IsIgnored
    {
        get
        {
            const string Status = "/proc/self/status";
            const string Name = "SigIgn:";
            var mask = File.Exists(Status) ? File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal)) : null;
            return mask?[^1] is '1' or '3' or '5' or '7' or '9' or 'b' or 'd' or 'f';
        }
    }
}
