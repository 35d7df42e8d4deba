using System.Net.Sockets;
using FilmService.Infrastructure;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace FilmService.Api.Hosting.Settings;

/// <summary>Where the service listens; the framework reads it.</summary>
/// <param name="Urls">The setting <c>urls</c>.</param>
internal sealed record ListenSettings(string Urls);

/// <summary>Where the service listens, and where it must not.</summary>
internal static class ListenAddresses
{
    /// <summary>Where it listens unless another address is configured.</summary>
    public const string Default = "http://127.0.0.1:5000";
    private const string Allowed = $"addresses of this machine, such as {Default}, separated by ';', on which no other program listens";

    private static readonly string[] PortSettings = ["http_ports", "https_ports"];
    private static readonly string[] AddressSettings = ["urls", .. PortSettings];

    /// <summary>Finds faults that the framework would take for a name, and listen on every address.</summary>
    public static ListenSettings Read(SettingsReader reader)
    {
        var urls = reader.Text("urls", "");
        foreach (var address in Parts(urls).Where(address => !IsAddress(address)))
        {
            reader.Fault("urls", address, Allowed, "");
        }

        foreach (var name in PortSettings)
        {
            foreach (var port in Parts(reader.Text(name, "")).Where(port => !ushort.TryParse(port, out _)))
            {
                reader.Fault(name, port, "ports from 0 to 65535, separated by ';'", "");
            }
        }

        return new ListenSettings(urls);
    }

    /// <summary>Starts to listen.</summary>
    /// <exception cref="InvalidConfigurationException">An address cannot be listened on.</exception>
    public static async Task ListenAsync(this WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (Exception exception)
        {
            // The services that run beside requests have begun by then; let go without this, they would log it as a failure of theirs.
            await app.StopAsync();
            if (exception is IOException or SocketException or InvalidOperationException)
            {
                throw CannotListen(app.Configuration, exception);
            }

            throw;
        }
    }

    /// <summary>Listens on the loopback address unless another is configured, by whichever of the framework's settings.</summary>
    public static void UseDefaultAddress(this WebApplicationBuilder builder)
    {
        var configured = AddressSettings.Any(name => !string.IsNullOrEmpty(builder.Configuration[name]));
        if (!configured && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls(Default);
        }
    }

    /// <summary>Leaves the length of bodies and addresses to those who refuse them in words, and says nothing of the server's make.</summary>
    public static void UseLimits(this KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MaxRequestLineSize = kestrel.Limits.MaxRequestHeadersTotalSize;
    }

    private static InvalidConfigurationException CannotListen(IConfiguration configuration, Exception exception)
    {
        var name = Array.Find(AddressSettings, name => !string.IsNullOrEmpty(configuration[name])) ?? AddressSettings[0];
        return new InvalidConfigurationException($"The setting {name} is '{configuration[name] ?? Default}'. Allowed: {Allowed}. {exception.Message}");
    }

    private static string[] Parts(string list) => list.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    // '*' and '+' stand for every address of the machine.
    private static bool IsAddress(string text) =>
        Uri.TryCreate(text.Replace("://*", "://any", StringComparison.Ordinal).Replace("://+", "://any", StringComparison.Ordinal), UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);
}
