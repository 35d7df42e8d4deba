using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using FilmService.Api.Http.Problems;
using FilmService.Api.Http.Results;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Time.Testing;

namespace FilmService.Api.Tests.Http;

/// <summary>Responses whose client takes less than the server wants to hand over.</summary>
public sealed class SlowClientsTests
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(30);

    /// <summary>Only Linux tells what the client has taken of the bytes that were handed over before.</summary>
    [Test, Platform("Linux")]
    public async Task Write_ToAClientThatReadsSlowly_WaitsUntilItReadsNothing()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        using var server = await listener.AcceptSocketAsync();
        var clock = new CountingClock();
        var context = ContextOf(server);

        var sending = new SlowClients(clock).WriteAsync(context.Response, new byte[1_000_000], default);
        await server.SendAsync(new byte[1]);
        Assert.That(SpinWait.SpinUntil(() => TakenBytes.Of(context.Features) == 1, MaxWait), Is.True);
        clock.Advance(SlowClients.MaxStall);

        Assert.That(SpinWait.SpinUntil(() => clock.Timers == 2 || sending.IsCompleted, MaxWait), Is.True);
        Assert.That(sending.IsCompleted, Is.False, "The client has taken a byte.");
        clock.Advance(SlowClients.MaxStall);
        Assert.That(async () => await sending, Throws.TypeOf<ResponseCutException>());
    }

    private static DefaultHttpContext ContextOf(Socket server)
    {
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(new Pipe().Writer.AsStream()));
        context.Features.Set<IConnectionSocketFeature>(new SocketOf(server));
        return context;
    }

    private sealed record SocketOf(Socket Socket) : IConnectionSocketFeature;

    private sealed class CountingClock : FakeTimeProvider
    {
        private int _timers;

        public int Timers => Volatile.Read(ref _timers);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            Interlocked.Increment(ref _timers);
            return timer;
        }
    }
}
