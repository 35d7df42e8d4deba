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

    public LoadResult Run()
    {
        using var epoll = new Epoll();
        var connections = new Connection[options.Connections];
        for (var i = 0; i < connections.Length; i++)
        {
            connections[i] = new Connection(options.Port, epoll, tag: i);
        }

        Array.ForEach(connections, free.Enqueue);
        Loop(new Schedule(options, Stopwatch.GetTimestamp()), epoll, connections);
        Array.ForEach(connections, c => c.Dispose());
        return LoadResult.From(waits, cpu);
    }

    private void Loop(Schedule schedule, Epoll epoll, Connection[] connections)
    {
        Span<int> readable = stackalloc int[options.Connections];
        var lastAnswer = Stopwatch.GetTimestamp();
        while (true)
        {
            var now = Stopwatch.GetTimestamp();
            schedule.Advance(now, waits.Count);
            Observe(schedule);
            SendDue(schedule, now);
            if (free.Count == connections.Length && (schedule.IsOver || !workIsLeft))
            {
                cpu.Close();
                return;
            }

            // The open loop must not oversleep, and epoll_wait counts in milliseconds.
            foreach (var tag in readable[..epoll.Wait(readable, schedule.IsOpenLoop ? 0 : 1)])
            {
                Receive(schedule, connections[tag]);
                lastAnswer = now;
            }

            if (now - lastAnswer > Patience && free.Count < connections.Length)
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
        if (schedule.Counts(connection.Due))
        {
            waits.Add(Stopwatch.GetTimestamp() - connection.Due);
        }
    }
}
