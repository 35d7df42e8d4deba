using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace FilmService.Load;

/// <summary>
/// One request that is repeated at a fixed interval beside the work, on a connection of its own. It is due whether the one before
/// it was answered or not, and waits from then on: a stall hides nothing.
/// </summary>
internal sealed class TimedRequest : IDisposable
{
    private const string RandomId = "{id}";

    private readonly string path;
    private readonly long interval;
    private readonly int films;
    private readonly Dice dice;
    private readonly RequestBuffer request;
    private readonly Connection connection;
    private readonly List<long> waits = [];
    private long next;

    /// <param name="options">
    /// Those of the run. Each of <see cref="LoadOptions.Timed"/> is milliseconds and a path, as <c>200 /films?limit=20</c>;
    /// <c>{id}</c> in it is any film's.
    /// </param>
    /// <param name="number">Which of them this is. They are not due at the same moments.</param>
    /// <param name="epoll">Watches the connection.</param>
    /// <param name="tag">Identifies the connection there.</param>
    public TimedRequest(LoadOptions options, int number, Epoll epoll, int tag)
    {
        var parts = options.Timed[number].Split(' ', 2);
        interval = int.Parse(parts[0], CultureInfo.InvariantCulture) * Stopwatch.Frequency / 1000;
        next = Stopwatch.GetTimestamp() + (interval * number / options.Timed.Length);
        path = parts[1];
        films = options.Films;
        dice = new Dice(options.Seed + (uint)tag);
        request = new RequestBuffer(options.Port, options.Field);
        connection = new Connection(options.Port, epoll, tag);
    }

    public bool IsUnderWay { get; private set; }

    public bool IsOver(long end) => !IsUnderWay && next >= end;

    public void SendIfDue(long now, long end)
    {
        if (!IsUnderWay && next <= now && next < end)
        {
            var id = (1 + dice.Below(films)).ToString(CultureInfo.InvariantCulture);
            request.Get(Encoding.ASCII.GetBytes(path.Replace(RandomId, id, StringComparison.Ordinal)));
            connection.Send(request, next);
            next += interval;
            IsUnderWay = true;
        }
    }

    /// <summary>Takes what has arrived. Answers to what was due before <paramref name="start"/> do not count.</summary>
    public void Receive(long start)
    {
        if (!connection.TryReceive(out var answer))
        {
            return;
        }

        if (answer.Status != 200)
        {
            throw new LoadException($"status {answer.Status} for {path}");
        }

        IsUnderWay = false;
        if (connection.Due >= start)
        {
            waits.Add(Stopwatch.GetTimestamp() - connection.Due);
        }
    }

    public TimedResult Result() => TimedResult.From(path, waits);

    public void Dispose() => connection.Dispose();
}
