using FilmService.Load;
using System.Net.Sockets;
using System.Text.Json;

try
{
    var options = LoadOptions.Parse(args);
    var work = Work.Create(options);
    using var streams = new OpenStreams(options.Port, options.Streams);
    var result = new LoadRun(options, work).Run() with { StreamMegabytes = streams.Megabytes };
    work.Finish();
    Console.WriteLine(JsonSerializer.Serialize(result, JsonSerializerOptions.Web));
    return 0;
}
catch (Exception e) when (e is LoadException or SocketException or IOException)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
