using System.Globalization;
using FilmService.Infrastructure;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace FilmService.Api.Hosting.Settings;

/// <summary>The operating system's limit of open files (<c>ulimit -n</c>), and how many of them connections may be.</summary>
internal static class OpenFiles
{
    /// <summary>The lowest limit with which the service starts.</summary>
    public const long Min = 448;

    // The runtime keeps each of its libraries open: 260 when it listens, 310 once every kind of request has come. 35 other files, and
    // some for readers of the database. A library that cannot be opened is missing until the service is restarted (decision 0045).
    private const long Reserved = 400;

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

    /// <summary>An eighth of what is not reserved is kept for the database and its exports.</summary>
    /// <exception cref="InvalidConfigurationException">The limit is too low.</exception>
    public static long MaxConnections(long limit) => limit >= Min
        ? (limit - Reserved) * 7 / 8
        : throw new InvalidConfigurationException(
            $"The limit of open files is {limit}, and the service needs at least {Min}. Raise it (ulimit -n, LimitNOFILE= of systemd, --ulimit nofile of Docker).");

    /// <summary>How many connections the service itself may open: a quarter of what is kept.</summary>
    public static int MaxOutgoing(int wanted) => Limit() is { } limit ? (int)Math.Clamp((limit - Reserved) / 32, 1, wanted) : wanted;

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
