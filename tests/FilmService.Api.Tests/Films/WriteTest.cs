using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Films;

/// <summary>Base class for tests of writes, with its own service and shared requests.</summary>
public abstract class WriteTest : ServiceTest
{
    protected const string Key = "Idempotency-Key: 8e03978e-40d5-43dd-bc93-6894a57f9324";

    protected Task<HttpAnswer> PostAsync(string json, params string[] fields) => Client.SendAsync("POST", "/films", HttpRequests.Json(json), fields);

    protected Task<HttpAnswer> PatchAsync(string id, string json, params string[] fields) =>
        Client.SendAsync("PATCH", $"/films/{id}", HttpRequests.Json(json), fields);

    protected Task<HttpAnswer> RestoreAsync(string id, string revision, params string[] fields) =>
        Client.SendAsync("POST", $"/films/{id}/restore", HttpRequests.Json($$"""{"revision":"{{revision}}"}"""), fields);

    /// <summary>Restarts the service on the same database.</summary>
    protected async Task<HttpClient> RestartAsync()
    {
        await Host.RestartAsync();
        return Host.CreateClient();
    }

    /// <summary>The film and the catalogue's revision, as one line.</summary>
    protected async Task<string> StoredAsync(string id)
    {
        var answer = await GetAsync($"/films/{id}");
        return $"{answer.Status} {(answer.Status == 200 ? answer.Body : "")} {answer.Field("Films-Revision")!.Split('-')[1]}";
    }

    protected static string FeedReset(string revision, string instance) => Problem(
        "feed-reset", "This revision is not available", 410, $"Revision {revision} belongs to another catalogue, is in the future, or is older than the changes that are kept.", instance);

    protected static string KeyReused(string instance) => Problem(
        "idempotency-key-reused", "The idempotency key belongs to another request", 422, "This idempotency key was used for a different request in the last 24 hours.", instance);
}
