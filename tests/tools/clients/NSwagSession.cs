using Films;

internal static class NSwagSession
{
    public static async Task RunAsync(string address)
    {
        using var http = new HttpClient();
        var films = new FilmsClient(http) { BaseUrl = address };
        var film = await films.GetFilmAsync("1");
        var revision = film.Headers["ETag"].Single();
        try
        {
            var changed = await films.PutFilmAsync("1", new() { Name = film.Result.Name, Year = film.Result.Year, Month = Month.April }, if_Match: revision);
            Console.WriteLine(changed.Result.Month);
        }
        catch (ApiException<Problem> exception)
        {
            Console.WriteLine(exception.Result.Message);
        }

        Check.Equal((await films.GetFilmAsync("1")).Result.Month, Month.April);
        Check.Equal((await RefusedAsync(404, films.GetFilmAsync("none"))).Message, "Film none doesn't exist");
        Check.Equal((await RefusedAsync(412, films.PutFilmAsync("1", new() { Name = "Up", Year = 2009 }, if_Match: revision))).Current?.Month, Month.April);
        Check.Equal(string.Join(",", (await RefusedAsync(400, films.PutFilmAsync("1", new() { Name = "x", Year = 1066 }))).Errors!.Keys), "year");
        Check.Equal((await films.AddFilmAsync(new() { Name = "Up", Year = 2009 })).Result.Id, "3");
        Check.Equal((await films.ListFilmsAsync()).Result.AdditionalProperties.Count, 3);
        Check.Equal(string.Join(",", await NamesAsync(films, address)), "Avengers: Infinity War,Ant Man and the Wasp,Up");
        var imported = (await films.ImportFilmsAsync([new() { Id = "4", Name = "Coco", Year = 2017 }, new() { Id = "3", Deleted = true }], onConflict: OnConflict.Replace)).Result;
        Check.Equal((imported.Created, imported.Deleted), (1, 1));
        Check.Equal(string.Join(",", (await ChangesAsync(films)).TakeLast(3)), "3 Up,4 Coco,3 deleted");
        Check.Equal((await films.DeleteFilmAsync("4")).StatusCode, 204);
    }

    private static async Task<Problem> RefusedAsync(int status, Task request)
    {
        try
        {
            await request;
        }
        catch (ApiException<Problem> exception)
        {
            Check.Equal(exception.StatusCode, status);
            return exception.Result;
        }

        throw new InvalidOperationException($"No {status}.");
    }

    private static async Task<List<string?>> NamesAsync(FilmsClient films, string address)
    {
        var (names, cursor) = (new List<string?>(), (string?)null);
        do
        {
            var page = (await films.ListFilmsAsync(shape: Shape.List, limit: 2, cursor: cursor)).Result;
            names.AddRange(page.Items!.Select(item => item.Name));
            cursor = page.Next is { } next ? System.Web.HttpUtility.ParseQueryString(new Uri(new Uri(address), next).Query)["cursor"] : null;
        }
        while (cursor is not null);
        return names;
    }

    private static async Task<List<string>> ChangesAsync(FilmsClient films)
    {
        var (changes, since) = (new List<string>(), "0");
        while ((await films.ListChangesAsync(since: since, limit: 2)).Result is { Items.Count: > 0 } page)
        {
            changes.AddRange(page.Items.Select(change => $"{change.Id} {(change.Deleted is true ? "deleted" : change.Name)}"));
            since = page.Items.Last().Revision;
        }

        return changes;
    }
}
