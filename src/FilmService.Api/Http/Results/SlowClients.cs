using FilmService.Api.Http.Problems;
using Microsoft.AspNetCore.Http.Features;

namespace FilmService.Api.Http.Results;

/// <summary>How long the service waits for clients that read their response slowly.</summary>
public sealed class SlowClients(TimeProvider clock)
{
    /// <summary>The longest that a client can hold a snapshot of the database.</summary>
    public static readonly TimeSpan MaxSnapshotAge = TimeSpan.FromMinutes(1);

    /// <summary>A client that reads nothing for this long is disconnected.</summary>
    public static readonly TimeSpan MaxStall = TimeSpan.FromMinutes(2);

    /// <summary>Completes when a client has held a snapshot for too long, or at <paramref name="end"/>.</summary>
    public Task WaitForRelease(CancellationToken end) => Task.Delay(MaxSnapshotAge, clock, end);

    /// <summary>Sends bytes, which may be overwritten when the call returns.</summary>
    /// <exception cref="ResponseCutException">The client reads nothing.</exception>
    public Task WriteAsync(HttpResponse response, ReadOnlyMemory<byte> bytes, CancellationToken aborted)
    {
        var sending = response.BodyWriter.WriteAsync(bytes, aborted);
        if (!sending.IsCompletedSuccessfully)
        {
            return WaitAsync(sending.AsTask(), response.HttpContext.Features, aborted);
        }

        sending.GetAwaiter().GetResult();
        return Task.CompletedTask;
    }

    private async Task WaitAsync(Task sending, IFeatureCollection connection, CancellationToken aborted)
    {
        var taken = TakenBytes.Of(connection);
        while (!await EndsAsync(sending, aborted))
        {
            var before = taken;
            taken = TakenBytes.Of(connection);
            if (taken == before)
            {
                throw new ResponseCutException($"its client has read nothing for {MaxStall.TotalMinutes} minutes");
            }
        }
    }

    private async Task<bool> EndsAsync(Task sending, CancellationToken aborted)
    {
        try
        {
            await sending.WaitAsync(MaxStall, clock, aborted);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
