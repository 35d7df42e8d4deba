using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FilmService.Api.Tests.Changes;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Consistency;

/// <summary>One client of the service. What it is answered goes into a history that many share.</summary>
internal sealed class RecordedClient(HttpClient client, ConcurrentQueue<Answer> history)
{
    // The last entity tag of an address, and what came with it.
    private readonly Dictionary<string, (string ETag, string Seen)> _known = [];
    private string _next = "/changes";
    private long _followed;

    public async Task PutAsync(string id, string name, int year)
    {
        var film = $$"""{"Name":"{{name}}","Year":{{year}},"Month":null}""";
        var asked = await SendAsync("PUT", $"/films/{id}", HttpRequests.Json(film), Key());
        Assert.That(asked.Answer.Status, Is.AnyOf(200, 201));
        Record("PUT", asked, Text(asked.Revision, id, asked.Answer.Body), replay => replay.Last.ToString(), isChange: true);
    }

    public async Task DeleteAsync(string id)
    {
        var asked = await SendAsync("DELETE", $"/films/{id}", null, Key());
        Assert.That(asked.Answer.Status, Is.AnyOf(204, 404));
        if (asked.Answer.Status == 204)
        {
            Record("DELETE", asked, Text(asked.Revision, id, "gone"), replay => replay.Last.ToString(), isChange: true);
        }
        else
        {
            Record("DELETE (404)", asked, "gone", replay => FilmOf(replay, id));
        }
    }

    /// <summary>Reads a film; a client that has it asks whether it is still the same.</summary>
    public async Task GetFilmAsync(string id, bool ifNoneMatch)
    {
        var asked = await GetAsync($"/films/{id}", ifNoneMatch);
        Assert.That(asked.Answer.Status, Is.AnyOf(200, 304, 404));
        var seen = asked.Answer.Status switch
        {
            404 => "gone",
            304 => _known[asked.Address].Seen,
            _ => Keep(asked, Text(Number(asked.Answer.Field("ETag")!.Trim('"')), id, asked.Answer.Body)),
        };
        Record($"GET film ({asked.Answer.Status})", asked, seen, replay => FilmOf(replay, id));
    }

    /// <summary>Reads a list; a client that has it asks whether it is still the same.</summary>
    public async Task GetListAsync(FilmList list, bool ifNoneMatch)
    {
        var asked = await GetAsync(list.Address, ifNoneMatch);
        Assert.That(asked.Answer.Status, Is.AnyOf(200, 304));
        var seen = asked.Answer.Status == 304
            ? _known[asked.Address].Seen
            : Keep(asked, asked.Answer.Field("X-Total-Count") is { } count ? $"{count} {asked.Answer.Body}" : asked.Answer.Body);
        Record($"GET {list.Address} ({asked.Answer.Status})", asked, seen, list.Expected);
    }

    /// <summary>Reads a film's last change, which may be its end.</summary>
    public async Task GetLastChangeAsync(string id)
    {
        var asked = await SendAsync("GET", $"/films/{id}/history?limit=1");
        Assert.That(asked.Answer.Status, Is.AnyOf(200, 404));
        using var page = JsonDocument.Parse(asked.Answer.Body);
        var seen = asked.Answer.Status == 200 ? ChangesOf(page).Single().ToString() : "never there";
        Record("GET history", asked, seen, replay => replay.FindLast(id)?.ToString() ?? "never there");
    }

    /// <summary>Asks what the removal of a film would come to.</summary>
    public async Task PreviewDeleteAsync(string id)
    {
        var asked = await SendAsync("DELETE", $"/films/{id}?dryRun=true");
        Assert.That(asked.Answer.Status, Is.AnyOf(204, 404));
        Record("DELETE (dry run)", asked, asked.Answer.Status == 204 ? "there" : "gone", replay => replay.Find(id) is null ? "gone" : "there");
    }

    /// <summary>Reads the next page of the feed.</summary>
    public async Task FollowAsync()
    {
        var asked = await SendAsync("GET", _next);
        Assert.That(asked.Answer.Status, Is.EqualTo(200));
        using var page = JsonDocument.Parse(asked.Answer.Body);
        var (after, changes) = (_followed, ChangesOf(page));
        _next = page.RootElement.GetProperty("next").GetString()!;
        _followed = changes.Count == 0 ? after : changes[^1].Revision;
        Record("GET /changes", asked, string.Join('\n', changes), replay => string.Join('\n', replay.Since(after)));
    }

    /// <summary>Reads a stream of changes from the first one to the end of the service.</summary>
    public async Task StreamAsync(CancellationToken end)
    {
        await using var stream = await EventReader.OpenAsync(client, "/changes?since=0");
        while (!end.IsCancellationRequested)
        {
            if ((await stream.ReadEventAsync()).Split("data: ") is [_, var data])
            {
                using var json = JsonDocument.Parse(data);
                var change = ChangeOf(json.RootElement);
                history.Enqueue(new Answer("event", Answer.Unasked, Stopwatch.GetTimestamp(), change.Revision, change.ToString(), replay => replay.Last.ToString()));
            }
        }
    }

    /// <summary>All changes there are.</summary>
    public async Task<List<Change>> ReplayAsync()
    {
        var all = new List<Change>();
        for (var next = "/changes"; ;)
        {
            using var page = JsonDocument.Parse((await client.SendAsync("GET", next)).Body);
            var changes = ChangesOf(page);
            if (changes.Count == 0)
            {
                return all;
            }

            all.AddRange(changes);
            next = page.RootElement.GetProperty("next").GetString()!;
        }
    }

    private Task<Asked> GetAsync(string address, bool ifNoneMatch) =>
        ifNoneMatch && _known.TryGetValue(address, out var known)
            ? SendAsync("GET", address, null, $"If-None-Match: {known.ETag}")
            : SendAsync("GET", address);

    private async Task<Asked> SendAsync(string method, string address, HttpContent? content = null, params string[] fields)
    {
        var begin = Stopwatch.GetTimestamp();
        var answer = await client.SendAsync(method, address, content, fields);
        return new Asked(address, begin, Stopwatch.GetTimestamp(), answer);
    }

    private void Record(string request, Asked asked, string seen, Func<Replay, string> expected, bool isChange = false) =>
        history.Enqueue(new Answer(request, asked.Begin, asked.End, asked.Revision, seen, expected) { IsChange = isChange });

    // Its record makes a commit larger, so that the log is taken over into the database more often.
    private static string Key() => $"Idempotency-Key: {Guid.NewGuid()}";

    private string Keep(Asked asked, string seen)
    {
        _known[asked.Address] = (asked.Answer.Field("ETag")!, seen);
        return seen;
    }

    private static string FilmOf(Replay replay, string id) => replay.Find(id)?.ToString() ?? "gone";

    private static string Text(long revision, string id, string value) => new Change(revision, id, value).ToString();

    private static List<Change> ChangesOf(JsonDocument page) => [.. page.RootElement.GetProperty("items").EnumerateArray().Select(ChangeOf)];

    private static Change ChangeOf(JsonElement item) => new(
        Number(item.GetProperty("Revision").GetString()!),
        item.GetProperty("Id").GetString()!,
        item.TryGetProperty("Name", out var name)
            ? $$"""{"Name":{{name.GetRawText()}},"Year":{{item.GetProperty("Year").GetRawText()}},"Month":{{item.GetProperty("Month").GetRawText()}}}"""
            : null);

    /// <summary>The number of a revision such as <c>k3f9-3</c>.</summary>
    private static long Number(string revision) => long.Parse(revision.Split('-')[1], CultureInfo.InvariantCulture);

    private sealed record Asked(string Address, long Begin, long End, HttpAnswer Answer)
    {
        public long Revision => Number(Answer.Field("Films-Revision")!);
    }
}
