using System.Net.Sockets;
using System.Text.Json;
using FilmService.Load;

try
{
    var options = LoadOptions.Parse(args);
    var work = Work.Create(options);
    var result = new LoadRun(options, work).Run();
    work.Finish();
    Console.WriteLine(JsonSerializer.Serialize(result, JsonSerializerOptions.Web));
    return 0;
}
catch (Exception e) when (e is LoadException or SocketException or IOException)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
