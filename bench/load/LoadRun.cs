using System.Diagnostics;

namespace FilmService.Load;

/// <summary>One thread that keeps all connections busy, and a look at every answer.</summary>
internal sealed class LoadRun(LoadOptions options, Work work)
{
    private static readonly long Patience = 60 * Stopwatch.Frequency;

    private readonly RequestBuffer request = new(options.Port, options.Field);
    private readonly List<long> waits = new(1 << 20);
    private readonly CpuWindow cpu = new(options.Pids);
    private readonly Queue<Connection> free = new();
    private int sent;
    private bool workIsLeft = true;
    private TimedRequest[] timed = [];
    private long lastWorkAnswer;
    private long lastCounted;
    private long silence;
    private long longestLate;

    public LoadResult Run()
    {
        using var epoll = new Epoll();
        var connections = new Connection[options.Connections];
        for (var i = 0; i < connections.Length; i++)
        {
            connections[i] = new Connection(options.Port, epoll, tag: i);
        }

        timed = [.. options.Timed.Select((text, i) => new TimedRequest(options, i, epoll, tag: connections.Length + i))];
        Array.ForEach(connections, free.Enqueue);
        var schedule = new Schedule(options, Stopwatch.GetTimestamp());
        Loop(schedule, epoll, connections);
        Array.ForEach(connections, c => c.Dispose());
        Array.ForEach(timed, request => request.Dispose());
        var result = LoadResult.From(waits, cpu);
        return result with
        {
            Max = Math.Max(result.Max, LoadResult.Milliseconds(longestLate)),
            Sustained = waits.Count / Math.Max(cpu.Seconds, Stopwatch.GetElapsedTime(schedule.Start, lastCounted).TotalSeconds),
            Silence = LoadResult.Milliseconds(silence),
            Timed = [.. timed.Select(request => request.Result())],
        };
    }

    private void Loop(Schedule schedule, Epoll epoll, Connection[] connections)
    {
        Span<int> readable = stackalloc int[options.Connections + timed.Length];
        var lastAnswer = Stopwatch.GetTimestamp();
        while (true)
        {
            var now = Stopwatch.GetTimestamp();
            schedule.Advance(now, waits.Count);
            Observe(schedule);
            SendDue(schedule, now);
            foreach (var request in timed)
            {
                request.SendIfDue(now, schedule.End);
            }

            var isBusy = free.Count < connections.Length || timed.Any(request => request.IsUnderWay);
            if (!isBusy && (!workIsLeft || (schedule.IsOver && timed.All(request => request.IsOver(schedule.End)))))
            {
                cpu.Close();
                return;
            }

            // The open loop must not oversleep, and epoll_wait counts in milliseconds.
            foreach (var tag in readable[..epoll.Wait(readable, schedule.IsOpenLoop ? 0 : 1)])
            {
                if (tag < connections.Length)
                {
                    Receive(schedule, connections[tag]);
                }
                else
                {
                    timed[tag - connections.Length].Receive(schedule.Start);
                }

                lastAnswer = now;
            }

            if (now - lastAnswer > Patience && isBusy)
            {
                throw new LoadException("the server does not answer");
            }
        }
    }

    private void Observe(Schedule schedule)
    {
        if (schedule.HasStarted && !cpu.IsOpen)
        {
            cpu.Open();
        }

        if (schedule.IsOver)
        {
            cpu.Close();
        }
    }

    private void SendDue(Schedule schedule, long now)
    {
        while (workIsLeft && free.Count > 0 && schedule.TryTake(now, out var due))
        {
            workIsLeft = sent < options.Requests && work.TryWriteNext(request);
            if (workIsLeft)
            {
                free.Dequeue().Send(request, due);
                sent++;
            }
        }
    }

    private void Receive(Schedule schedule, Connection connection)
    {
        if (!connection.TryReceive(out var answer))
        {
            return;
        }

        if (!work.Expects(answer.Status))
        {
            throw new LoadException($"status {answer.Status} is not what {options.Work} expects (film {connection.Id})");
        }

        work.Answered(connection.Id, answer);
        free.Enqueue(connection);
        var now = Stopwatch.GetTimestamp();
        if (schedule.Counts(connection.Due))
        {
            waits.Add(now - connection.Due);
            lastCounted = now;
        }
        else if (connection.Due >= schedule.Start)
        {
            // The closed loop counts what is answered in the window. A stall at its end must show all the same.
            longestLate = Math.Max(longestLate, now - connection.Due);
        }

        ListenFrom(schedule.Start, now);
    }

    // Also behind the end: a silence that has begun before it is measured whole.
    private void ListenFrom(long start, long now)
    {
        silence = Math.Max(silence, now - Math.Max(start, lastWorkAnswer));
        lastWorkAnswer = now;
    }
}
