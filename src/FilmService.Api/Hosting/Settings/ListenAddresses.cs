using System.Net.Sockets;
using FilmService.Infrastructure;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace FilmService.Api.Hosting.Settings;

/// <summary>The addresses to listen on, which the framework reads itself.</summary>
/// <param name="Urls">The setting <c>urls</c>.</param>
internal sealed record ListenSettings(string Urls);

/// <summary>Validates the addresses to listen on, and listens.</summary>
internal static class ListenAddresses
{
    /// <summary>The address if none is configured.</summary>
    public const string Default = "http://127.0.0.1:5000";
    private const string Allowed = $"addresses of this machine, such as {Default}, separated by ';', on which no other program listens";

    private static readonly string[] PortSettings = ["http_ports", "https_ports"];
    private static readonly string[] AddressSettings = ["urls", .. PortSettings];

    /// <summary>
    /// Rejects invalid addresses that the framework would take for a host name, and so listen on every address.
    /// </summary>
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

    /// <exception cref="InvalidConfigurationException">It is not possible to listen on an address.</exception>
    public static async Task ListenAsync(this WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (Exception exception)
        {
            // The background services have started by then; without a regular stop they would log errors of their own.
            await app.StopAsync();
            if (exception is IOException or SocketException or InvalidOperationException)
            {
                throw CannotListen(app.Configuration, exception);
            }

            throw;
        }
    }

    /// <summary>
    /// Listens on the loopback address unless another address is configured through any of the framework's settings.
    /// </summary>
    public static void UseDefaultAddress(this WebApplicationBuilder builder)
    {
        var configured = AddressSettings.Any(name => !string.IsNullOrEmpty(builder.Configuration[name]) || SettingFiles.IsNamed(builder.Configuration, name));
        if (!configured && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls(Default);
        }
    }

    /// <summary>
    /// Leaves the limits of bodies and URLs to the middleware that answers with problems, and omits the Server header.
    /// </summary>
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

    // '*' and '+' mean every address of the machine.
    private static bool IsAddress(string text) =>
        Uri.TryCreate(text.Replace("://*", "://any", StringComparison.Ordinal).Replace("://+", "://any", StringComparison.Ordinal), UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);
}
