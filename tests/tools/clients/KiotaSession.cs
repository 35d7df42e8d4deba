using KiotaFilms;
using KiotaFilms.Models;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware.Options;

internal static class KiotaSession
{
    public static async Task RunAsync(string address)
    {
        var films = new FilmsClient(new HttpClientRequestAdapter(new AnonymousAuthenticationProvider()) { BaseUrl = address });
        var headers = new HeadersInspectionHandlerOption { InspectResponseHeaders = true };
        var film = await films.Films["1"].GetAsync(request => request.Options.Add(headers));
        var revision = headers.ResponseHeaders["ETag"].Single();
        try
        {
            var changed = await films.Films["1"].PutAsync(new() { Name = film!.Name, Year = film.Year, Month = Month.April }, request => request.Headers.Add("If-Match", revision));
            Console.WriteLine(changed!.Month);
        }
        catch (Problem problem)
        {
            Console.WriteLine(problem.Detail);
        }

        Check.Equal((await films.Films["1"].GetAsync())!.Month, Month.April);
        Check.Equal((await RefusedAsync(404, films.Films["none"].GetAsync())).Detail, "Film none doesn't exist");
        Check.Equal((await RefusedAsync(412, films.Films["1"].PutAsync(new() { Name = "Up", Year = 2009 }, request => request.Headers.Add("If-Match", revision)))).Current?.Month, Month.April);
        Check.Equal(string.Join(",", (await RefusedAsync(400, films.Films["1"].PutAsync(new() { Name = "", Year = 1066 }))).Errors!.AdditionalData.Keys), "name,year");
        Check.Equal((await films.Films.PostAsync(new() { Name = "Up", Year = 2009 }))!.Id, "3");
        Check.Equal((await films.Films.GetAsync())!.AdditionalData.Count, 3);
        Check.Equal(string.Join(",", await NamesAsync(films, address)), "Avengers: Infinity War,Ant Man and the Wasp,Up");
        var imported = await films.Imports.PostAsync(
            [new() { Id = "4", Name = "Coco", Year = 2017 }, new() { Id = "3", Deleted = true }],
            request => request.QueryParameters.OnConflictAsPostOnConflictQueryParameterType = KiotaFilms.Imports.PostOnConflictQueryParameterType.Replace);
        Check.Equal((imported!.Created, imported.Deleted), (1, 1));
        Check.Equal(string.Join(",", (await ChangesAsync(films)).TakeLast(3)), "3 Up,4 Coco,3 deleted");
        await films.Films["4"].DeleteAsync();
        await RefusedAsync(404, films.Films["4"].GetAsync());
    }

    private static async Task<Problem> RefusedAsync(int status, Task request)
    {
        try
        {
            await request;
        }
        catch (Problem problem)
        {
            Check.Equal(problem.ResponseStatusCode, status);
            return problem;
        }

        throw new InvalidOperationException($"No {status}.");
    }

    private static async Task<List<string?>> NamesAsync(FilmsClient films, string address)
    {
        var (names, cursor) = (new List<string?>(), (string?)null);
        do
        {
            var page = await films.Films.GetAsync(request =>
            {
                request.QueryParameters.ShapeAsGetShapeQueryParameterType = KiotaFilms.Films.GetShapeQueryParameterType.List;
                (request.QueryParameters.Limit, request.QueryParameters.Cursor) = (2, cursor);
            });
            names.AddRange(page!.Items!.Select(item => item.Name));
            cursor = page.Next is { } next ? System.Web.HttpUtility.ParseQueryString(new Uri(new Uri(address), next).Query)["cursor"] : null;
        }
        while (cursor is not null);
        return names;
    }

    private static async Task<List<string>> ChangesAsync(FilmsClient films)
    {
        var (changes, since) = (new List<string>(), "0");
        while (await films.Changes.GetAsync(request => (request.QueryParameters.Since, request.QueryParameters.Limit) = (since, 2)) is { Items.Count: > 0 } page)
        {
            changes.AddRange(page.Items.Select(change => $"{change.Id} {(change.Deleted is true ? "deleted" : change.Name)}"));
            since = page.Items[^1].Revision!;
        }

        return changes;
    }
}
