// Receives the deliveries of a FilmService webhook. usage: WEBHOOK_SECRET=whsec_... dotnet run receiver.cs [port]
// Needs nothing but the .NET 10 SDK. It keeps the ids in memory; a real receiver keeps them in its database, in the transaction
// that applies the changes.
#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

const int ToleranceSeconds = 5 * 60;
const int MaxBody = 1_000_000;
var secret = Environment.GetEnvironmentVariable("WEBHOOK_SECRET")!;
var key = Convert.FromBase64String(secret.StartsWith("whsec_") ? secret[6..] : secret);
var seen = new HashSet<string>();

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = MaxBody);
var app = builder.Build();
app.Urls.Add($"http://127.0.0.1:{args.FirstOrDefault() ?? "8000"}");
app.MapPost("/{**path}", async (HttpRequest request) =>
{
    using var buffer = new MemoryStream();
    await request.Body.CopyToAsync(buffer);
    var body = buffer.ToArray();
    if (!IsValid(request.Headers, body))
    {
        return Results.StatusCode(400);
    }

    lock (seen)
    {
        var id = request.Headers["webhook-id"].ToString();
        if (!seen.Contains(id)) // otherwise it is a repetition, whose answer was lost
        {
            Apply(JsonNode.Parse(body)!);
            seen.Add(id);
        }
    }

    return Results.StatusCode(204);
});
await app.StartAsync();
Console.WriteLine($"listening on {app.Urls.First()}");
await app.WaitForShutdownAsync();

// True if one of the signatures is right, and the delivery was sent just now (replay protection).
bool IsValid(IHeaderDictionary fields, byte[] body)
{
    var sentAt = fields["webhook-timestamp"].ToString();
    if (!long.TryParse(sentAt, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        || Math.Abs(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - seconds) > ToleranceSeconds)
    {
        return false;
    }

    byte[] signed = [.. Encoding.UTF8.GetBytes($"{fields["webhook-id"]}.{sentAt}."), .. body];
    var right = Encoding.ASCII.GetBytes("v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed)));
    return fields["webhook-signature"].ToString().Split(' ').Any(one => CryptographicOperations.FixedTimeEquals(right, Encoding.UTF8.GetBytes(one)));
}

static void Apply(JsonNode delivery)
{
    if (delivery["reset"] is { } reset)
    {
        Console.WriteLine($"reset {reset["reason"]}"); // read the whole catalogue again
    }

    foreach (var change in delivery["items"]?.AsArray() ?? [])
    {
        Console.WriteLine($"{change!["Revision"]} {change["Id"]} {change["Name"] ?? "deleted"}");
    }
}
