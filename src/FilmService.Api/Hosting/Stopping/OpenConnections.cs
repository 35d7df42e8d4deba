using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace FilmService.Api.Hosting.Stopping;

/// <summary>
/// While the service stops, cuts the connections whose clients make no progress. The server itself waits for every request that
/// has begun, until the stop takes too long: one client that has sent half a request would make every stop take 30 seconds.
/// </summary>
internal sealed class OpenConnections
{
    /// <summary>How long a client may make no progress.</summary>
    public static readonly TimeSpan MaxStall = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.5);

    private readonly ConcurrentDictionary<WatchedConnection, bool> _open = new();
    private readonly IHostApplicationLifetime _lifetime;

    public OpenConnections(IHostApplicationLifetime lifetime)
    {
        _lifetime = lifetime;
        lifetime.ApplicationStopping.Register(() => _ = CutStalledAsync());
    }

    /// <summary>The number of open connections.</summary>
    public int Count => _open.Count;

    /// <summary>Watches the connections of an endpoint.</summary>
    public void Watch(ListenOptions endpoint) => endpoint.Use(next => connection => RunAsync(next, connection));

    private async Task RunAsync(ConnectionDelegate next, ConnectionContext connection)
    {
        var watched = new WatchedConnection(connection);
        connection.Features.Set(watched);
        _open[watched] = true;
        connection.ConnectionClosed.UnsafeRegister(_ => _open.TryRemove(watched, out var _), null);
        try
        {
            await next(connection);
        }
        finally
        {
            watched.End();
        }
    }

    private async Task CutStalledAsync()
    {
        // The first look comes after the server has closed idle connections.
        using var timer = new PeriodicTimer(Interval);
        while (!_lifetime.ApplicationStopped.IsCancellationRequested && await timer.WaitForNextTickAsync())
        {
            foreach (var connection in _open.Keys)
            {
                connection.CutIfStalled(MaxStall);
            }
        }
    }
}
