using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace FilmService.Api.Hosting.Settings;

/// <summary>
/// Listens, and closes connections beyond as many as <see cref="OpenFiles"/> leave, before the next one is accepted: a process without any
/// open file left ends with "Out of memory". Kestrel's own <c>MaxConcurrentConnections</c> counts each address by itself, and closes a
/// connection only some time later.
/// </summary>
/// <param name="sockets">Kestrel's transport.</param>
/// <param name="max">For all addresses together.</param>
/// <param name="logger">Is told once a minute at most.</param>
internal sealed class ConnectionLimit(SocketTransportFactory sockets, long max, ILogger<ConnectionLimit> logger) : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private static readonly TimeSpan LogInterval = TimeSpan.FromMinutes(1);
    private static readonly Action<ILogger, long, Exception?> LogRefusal = LoggerMessage.Define<long>(
        LogLevel.Warning, new(1, "ConnectionRefused"), "Connections are closed because {Count} are open, as many as the limit of open files allows. Raise it (ulimit -n).");

    private long _open;
    private long _nextLog;

    public bool CanBind(EndPoint endpoint) => sockets.CanBind(endpoint);

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken) =>
        new Listener(this, await sockets.BindAsync(endpoint, cancellationToken));

    private bool TryOpen(ConnectionContext connection)
    {
        if (Interlocked.Increment(ref _open) > max)
        {
            Close();
            Warn();
            return false;
        }

        connection.ConnectionClosed.UnsafeRegister(static limit => ((ConnectionLimit)limit!).Close(), this);
        return true;
    }

    private void Close() => Interlocked.Decrement(ref _open);

    private void Warn()
    {
        var (now, due) = (Environment.TickCount64, Volatile.Read(ref _nextLog));
        if (now >= due && Interlocked.CompareExchange(ref _nextLog, now + (long)LogInterval.TotalMilliseconds, due) == due)
        {
            LogRefusal(logger, max, null);
        }
    }

    private sealed class Listener(ConnectionLimit limit, IConnectionListener sockets) : IConnectionListener
    {
        public EndPoint EndPoint => sockets.EndPoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken)
        {
            while (true)
            {
                var connection = await sockets.AcceptAsync(cancellationToken);
                if (connection is null || limit.TryOpen(connection))
                {
                    return connection;
                }

                connection.Abort();
                await connection.DisposeAsync();
            }
        }

        public ValueTask UnbindAsync(CancellationToken cancellationToken) => sockets.UnbindAsync(cancellationToken);

        public ValueTask DisposeAsync() => sockets.DisposeAsync();
    }
}
