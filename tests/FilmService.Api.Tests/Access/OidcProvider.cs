using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Access;

/// <summary>A third-party issuer, oidc-provider, in a process of its own. It needs <c>npm ci</c> in tests/tools/oauth.</summary>
internal sealed class OidcProvider : IAsyncDisposable
{
    private readonly System.Diagnostics.Process _process;

    private OidcProvider(System.Diagnostics.Process process, string name) => (_process, Name) = (process, name);

    /// <summary>Its name, a URL.</summary>
    public string Name { get; }

    /// <param name="service">The address of the service where people log in with it; null if they do not.</param>
    public static async Task<OidcProvider> StartAsync(string? service = null)
    {
        RequireTools();
        var port = FreePort();
        var provider = new OidcProvider(Start("node", ["issuer.mjs", $"{port}", .. service is null ? [] : new[] { service }]), $"http://{(service is null ? "127.0.0.1" : "localhost")}:{port}");
        await provider.WaitForAsync("ready");
        return provider;
    }

    /// <summary>Replaces its keys.</summary>
    public async Task RotateAsync()
    {
        await _process.StandardInput.WriteLineAsync();
        await WaitForAsync("rotated");
    }

    public static void RequireTools()
    {
        if (!Directory.Exists(Repository.Path("tests/tools/oauth/node_modules")))
        {
            Assert.Ignore("Run npm ci in tests/tools/oauth first.");
        }
    }

    public static System.Diagnostics.Process Start(string program, string[] arguments) => System.Diagnostics.Process.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = Repository.Path("tests/tools/oauth"),
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    // The issuer prints messages of its own too.
    private async Task WaitForAsync(string line)
    {
        for (var read = ""; read != line; read = await _process.StandardOutput.ReadLineAsync())
        {
            Assert.That(read, Is.Not.Null, "The issuer has ended.");
        }
    }
}
