using System.Text.Json.Nodes;

namespace FilmService.Api.Tests.Changes;

/// <summary>An open stream of server-sent events (HTML, section 9.2), read line by line.</summary>
public sealed class EventReader : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpResponseMessage _answer;
    private readonly StreamReader _lines;

    private EventReader(HttpResponseMessage answer, Stream stream)
    {
        _answer = answer;
        _lines = new StreamReader(stream);
    }

    /// <summary>The response's status and header fields.</summary>
    public HttpResponseMessage Answer => _answer;

    /// <summary>The id of the last event read.</summary>
    public string LastId { get; private set; } = "";

    /// <summary>Opens a stream; fields are written as <c>Last-Event-ID: k3f9-1</c>.</summary>
    public static async Task<EventReader> OpenAsync(HttpClient client, string address = "/changes", params string[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        foreach (var field in fields.Append("Accept: text/event-stream"))
        {
            request.Headers.TryAddWithoutValidation(field.Split(':')[0], field[(field.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
        }

        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WaitAsync(Patience);
        return new EventReader(answer, await answer.Content.ReadAsStreamAsync());
    }

    /// <summary>The next line; null at the end.</summary>
    public async Task<string?> ReadLineAsync() => await _lines.ReadLineAsync().WaitAsync(Patience);

    /// <summary>The next event as sent, without its empty line.</summary>
    public async Task<string> ReadEventAsync()
    {
        var text = "";
        while (await ReadLineAsync() is { Length: > 0 } line)
        {
            text += line + "\n";
            LastId = line.StartsWith("id: ", StringComparison.Ordinal) ? line[4..] : LastId;
        }

        return text;
    }

    /// <summary>The changes in the next events, as <c>3 up 2009</c> or <c>4 up deleted</c>.</summary>
    public async Task<List<string>> ReadChangesAsync(int count)
    {
        var changes = new List<string>();
        while (changes.Count < count)
        {
            var text = await ReadEventAsync();
            if (text.Split("data: ") is [_, var data])
            {
                changes.Add(ChangesTest.Brief(JsonNode.Parse(data)!));
            }
        }

        return changes;
    }

    public ValueTask DisposeAsync()
    {
        _lines.Dispose();
        _answer.Dispose();
        return ValueTask.CompletedTask;
    }
}
