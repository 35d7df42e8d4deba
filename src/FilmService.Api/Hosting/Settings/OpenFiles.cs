using System.Globalization;
using FilmService.Infrastructure;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace FilmService.Api.Hosting.Settings;

/// <summary>The operating system's limit of open files (<c>ulimit -n</c>), and how many of them connections may be.</summary>
internal static class OpenFiles
{
    /// <summary>The lowest limit with which the service starts.</summary>
    public const long Min = 320;

    // The runtime keeps each of its 230 to 280 libraries open.
    private const long Libraries = 288;

    /// <summary>To be called before many libraries are loaded.</summary>
    /// <exception cref="InvalidConfigurationException">The limit is too low.</exception>
    public static void LimitConnections(this WebApplicationBuilder builder)
    {
        if (Limit() is { } limit)
        {
            var max = MaxConnections(limit);
            builder.Services.AddSingleton<IConnectionListenerFactory>(services =>
                ActivatorUtilities.CreateInstance<ConnectionLimit>(services, ActivatorUtilities.CreateInstance<SocketTransportFactory>(services), max));
        }
    }

    /// <summary>An eighth of what libraries leave is kept for the database and its exports.</summary>
    /// <exception cref="InvalidConfigurationException">The limit is too low.</exception>
    public static long MaxConnections(long limit) => limit >= Min
        ? (limit - Libraries) * 7 / 8
        : throw new InvalidConfigurationException(
            $"The limit of open files is {limit}, and the service needs at least {Min}. Raise it (ulimit -n, LimitNOFILE= of systemd, --ulimit nofile of Docker).");

    /// <summary>How many connections the service itself may open: a quarter of what is kept.</summary>
    public static int MaxOutgoing(int wanted) => Limit() is { } limit ? (int)Math.Clamp((limit - Libraries) / 32, 1, wanted) : wanted;

    // Linux; the runtime has raised the soft limit to the hard one by now. Null for no limit, and on other systems.
    private static long? Limit()
    {
        const string Limits = "/proc/self/limits";
        const string Name = "Max open files";
        var line = File.Exists(Limits) ? File.ReadLines(Limits).FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal)) : null;
        var soft = line?[Name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        return long.TryParse(soft, CultureInfo.InvariantCulture, out var limit) ? limit : null;
    }
}
