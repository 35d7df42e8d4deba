using System.Globalization;

namespace FilmService.Load;

/// <summary>What to ask, of whom, for how long. Without a rate the loop is closed.</summary>
internal sealed record LoadOptions
{
    public string Work { get; private init; } = "";
    public int Port { get; private init; } = 5000;
    public int Films { get; private init; } = 100_000;
    public int Connections { get; private init; } = 64;
    public double Seconds { get; private init; } = 1;
    public double WarmUp { get; private init; } = 0.2;

    /// <summary>Requests per second of the open loop; 0 for the closed loop.</summary>
    public double Rate { get; private init; }

    /// <summary>After so many the run ends, if its time has not.</summary>
    public int Requests { get; private init; } = int.MaxValue;

    /// <summary>Streams of changes that are open meanwhile.</summary>
    public int Streams { get; private init; }

    /// <summary>Requests at fixed intervals beside the work, each as milliseconds and a path; see <see cref="TimedRequest"/>.</summary>
    public string[] Timed { get; private init; } = [];

    public uint Seed { get; private init; } = 1;
    public string Path { get; private init; } = "/films";

    /// <summary>A header field of every request, as <c>X-API-Key: fsk_...</c>; none when it is empty.</summary>
    public string Field { get; private init; } = "";

    public string EtagFile { get; private init; } = "";

    /// <summary>The server's processes, whose CPU time is read.</summary>
    public int[] Pids { get; private init; } = [];

    public static LoadOptions Parse(string[] args)
    {
        if (args.Length % 2 == 0)
        {
            throw new LoadException("usage: load WORK [--name value]...");
        }

        var options = new LoadOptions { Work = args[0] };
        return args.Skip(1).Chunk(2).Aggregate(options, (o, pair) => o.With(pair[0], pair[1]));
    }

    private LoadOptions With(string name, string value) => name switch
    {
        "--port" => this with { Port = Whole(value) },
        "--films" => this with { Films = Whole(value) },
        "--connections" => this with { Connections = Whole(value) },
        "--seconds" => this with { Seconds = Number(value) },
        "--warm-up" => this with { WarmUp = Number(value) },
        "--rate" => this with { Rate = Number(value) },
        "--requests" => this with { Requests = Whole(value) },
        "--streams" => this with { Streams = Whole(value) },
        "--timed" => this with { Timed = [.. Timed, value] },
        "--seed" => this with { Seed = (uint)Whole(value) },
        "--path" => this with { Path = value },
        "--field" => this with { Field = value },
        "--etags" => this with { EtagFile = value },
        "--pids" => this with { Pids = [.. value.Split(',').Select(Whole)] },
        _ => throw new LoadException($"unknown option {name}"),
    };

    private static int Whole(string value) => int.Parse(value, CultureInfo.InvariantCulture);

    private static double Number(string value) => double.Parse(value, CultureInfo.InvariantCulture);
}
