using System.Net;
using System.Net.Sockets;
using FilmService.Api.Hosting.Settings;
using FilmService.Domain.Webhooks;

namespace FilmService.Api.Webhooks;

/// <summary>Finds the addresses of a host.</summary>
internal delegate Task<IPAddress[]> ResolveHost(string host);

/// <summary>A delivery that could not be sent; the message is for administrators.</summary>
internal sealed class DeliveryException(string message, Exception? inner = null) : Exception(message, inner);

#pragma warning disable CA1001 // Semaphores without a wait handle hold nothing to dispose, and connections may be closed after everything else.
/// <summary>
/// Opens the connections of deliveries: resolves the host, judges its addresses, and connects to one that is allowed, without
/// resolving again (DNS rebinding).
/// </summary>
internal sealed class WebhookConnector(WebhookSettings settings, ResolveHost resolve)
{
    private const int MaxLookUps = 16;

    // An address that does not answer leaves time for the next.
    private static readonly TimeSpan MaxConnect = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _lookUps = new(MaxLookUps);

    // One for each webhook, unless the operating system allows only few open files.
    private readonly SemaphoreSlim _connections = new(OpenFiles.MaxOutgoing(WebhookDirectory.Capacity));

    /// <summary>
    /// Asks the operating system, which blocks a thread for as long as a name server does not answer: one of its own, so that requests
    /// do not wait for one of the pool.
    /// </summary>
    public static Task<IPAddress[]> ResolveAsync(string host) =>
        Task.Factory.StartNew(() => Dns.GetHostAddresses(host), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <exception cref="DeliveryException">The host has no address that is allowed, or none answers.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await LookUpAsync(host, cancellationToken);
        if (addresses.Where(settings.Allows).ToList() is not { Count: > 0 } allowed)
        {
            throw new DeliveryException("The host has no globally reachable address, and none that Webhooks:AllowedNetworks includes.");
        }

        Exception? last = null;
        foreach (var address in allowed)
        {
            try
            {
                return await ConnectAsync(new IPEndPoint(address, port), cancellationToken);
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                last = exception;
            }
        }

        throw new DeliveryException("No connection could be opened.", last);
    }

    private async Task<Stream> ConnectAsync(IPEndPoint to, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await _connections.WaitAsync(cancellationToken);
        limit.CancelAfter(MaxConnect);
        var socket = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(to, limit.Token);
            return new Connection(socket, _connections);
        }
        catch
        {
            socket.Dispose();
            _connections.Release();
            throw;
        }
    }

    private async Task<IPAddress[]> LookUpAsync(string host, CancellationToken cancellationToken)
    {
        await _lookUps.WaitAsync(cancellationToken);
        var found = resolve(host);
        _ = found.ContinueWith(_ => _lookUps.Release(), TaskScheduler.Default);
        try
        {
            return await found.WaitAsync(cancellationToken);
        }
        catch (SocketException exception)
        {
            throw new DeliveryException("The host name cannot be resolved.", exception);
        }
    }

    /// <summary>A connection that gives its place to another when it is closed.</summary>
    private sealed class Connection(Socket socket, SemaphoreSlim places) : NetworkStream(socket, ownsSocket: true)
    {
        private SemaphoreSlim? _places = places;

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            Interlocked.Exchange(ref _places, null)?.Release();
        }
    }
}
#pragma warning restore CA1001
