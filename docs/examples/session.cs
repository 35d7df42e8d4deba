// A session with FilmService in C#. Needs the .NET 10 SDK. Usage: dotnet run session.cs [address]

#:property PublishAot=false

using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

const string Up = "/films/up";

using var client = new HttpClient { BaseAddress = new Uri(args.FirstOrDefault() ?? "http://127.0.0.1:5000") };

var hello = await Json(await Call("GET", "/", 200));
Console.WriteLine($"200 hello, {hello["hello"]}");

var films = await Json(await Call("GET", "/films", 200));
Console.WriteLine($"200 {films.AsObject().Count} films");

var film = await Json(await Call("GET", "/films/1", 200));
Console.WriteLine($"200 film 1 is {Show(film)}");

// Create a film. The ETag in the response is its revision.
var created = await Call("PUT", Up, 201, Film("Up", 2008, "May"));
var first = created.Headers.ETag!;
Console.WriteLine($"201 created {Show(await Json(created))}");

// Replace it, but only if nobody has changed it since (optimistic concurrency).
var replaced = await Call("PUT", Up, 200, Film("Up", 2009, "May"), headers => headers.IfMatch.Add(first));
var second = replaced.Headers.ETag!;
Console.WriteLine($"200 replaced with {Show(await Json(replaced))}");

// A second client still has the first revision: its write is rejected, and the response shows the current film.
var refused = await Json(await Call("PUT", Up, 412, Film("Up", 2008, "June"), headers => headers.IfMatch.Add(first)));
Console.WriteLine($"412 rejected, the film is now {Show(refused["current"]!)}");

// Revalidate a film that we already have.
await Call("GET", Up, 304, change: headers => headers.IfNoneMatch.Add(second));
Console.WriteLine("304 not modified");

// All errors are reported at once, by argument name.
var invalid = await Json(await Call("PUT", Up, 400, Film("", 1492, "May")));
foreach (var (argument, errors) in invalid["errors"]!.AsObject().OrderBy(pair => pair.Key, StringComparer.Ordinal))
{
    foreach (var error in errors!.AsArray())
    {
        Console.WriteLine($"400 {argument}: {error}");
    }
}

// Add a film with a generated id. The idempotency key makes it safe to retry if the response was lost.
var key = Guid.NewGuid().ToString();
var added = await Json(await Call("POST", "/films", 201, Film("Down", 2001, "June"), headers => headers.Add("Idempotency-Key", key)));
Console.WriteLine($"201 added {Show(added)}");
var again = await Json(await Call("POST", "/films", 201, Film("Down", 2001, "June"), headers => headers.Add("Idempotency-Key", key)));
if ((string)again["Id"]! == (string)added["Id"]!)
{
    Console.WriteLine("201 retried, and it is the same film");
}

// Change part of it.
var down = $"/films/{added["Id"]}";
Console.WriteLine($"200 changed to {Show(await Json(await Call("PATCH", down, 200, new JsonObject { ["year"] = 2002 })))}");

// What has changed since? The ETag of a film is its revision, and also its position in the change feed.
var changes = await Json(await Call("GET", $"/changes?since={second.Tag.Trim('"')}", 200));
foreach (var change in changes["items"]!.AsArray())
{
    Console.WriteLine($"200 then: {Show(change!)}");
}

await Call("DELETE", down, 204);

await Call("DELETE", Up, 204);
Console.WriteLine("204 deleted");

var missing = await Json(await Call("GET", Up, 404));
Console.WriteLine($"404 {missing["message"]}");

var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes("admin:atCh_5K}?g"));
var login = await Call("GET", "/hello_world", 200, change: headers => headers.Authorization = new("Basic", basic));
Console.WriteLine($"200 logged in, Hello {(await Json(login))["Hello"]}");

// Sends one request and throws unless the status is the expected one.
async Task<HttpResponseMessage> Call(
    string method, string path, int expected, JsonObject? film = null, Action<HttpRequestHeaders>? change = null)
{
    using var request = new HttpRequestMessage(new HttpMethod(method), path);
    request.Content = film is null ? null : new StringContent(film.ToJsonString(), Encoding.UTF8, "application/json");
    change?.Invoke(request.Headers);
    var answer = await client.SendAsync(request);
    var status = (int)answer.StatusCode;
    return status == expected
        ? answer
        : throw new HttpRequestException(
            $"{method} {path}: {status} instead of {expected}: {await answer.Content.ReadAsStringAsync()}");
}

static JsonObject Film(string name, int year, string month) =>
    new() { ["name"] = name, ["year"] = year, ["month"] = month };

static async Task<JsonNode> Json(HttpResponseMessage answer) =>
    JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

static string Show(JsonNode film) => $"{film["Name"]} ({film["Month"]} {film["Year"]})";
