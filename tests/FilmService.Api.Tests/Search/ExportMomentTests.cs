using System.Globalization;
using System.Text.Json.Nodes;
using FilmService.Api.Tests.Import;

namespace FilmService.Api.Tests.Search;

public sealed class ExportMomentTests : ImportTest
{
    private const int Films = 3000;
    private const int Exports = 8;

    [Test]
    public async Task Promise7_AnExport_IsOneMomentInTime()
    {
        await ImportAsync(string.Concat(Enumerable.Range(1, Films).Select(number => $$"""{"Id":"{{number}}","Name":"Up","Year":1900}""" + "\n")), "onConflict=replace");
        using var end = new CancellationTokenSource();
        var writing = Task.WhenAll(Enumerable.Range(0, 4).Select(writer => WriteAsync(writer, end.Token)));

        var exports = new List<(long Revision, string Lines)>();
        for (var number = 0; number < Exports; number++)
        {
            var answer = await GetAsync("/films?format=ndjson");
            exports.Add((Number(answer.Field("Films-Revision")!), answer.Body));
            await GetAsync("/films/1");
        }

        await end.CancelAsync();
        await writing;
        var changes = (await GetAsync("/changes", "Accept: application/x-ndjson")).Body;
        foreach (var (revision, lines) in exports)
        {
            Assert.That(lines, Is.EqualTo(Replay(changes, revision)), $"The export of revision {revision}");
        }

        Assert.That(exports.Select(export => export.Revision).Distinct().Count(), Is.GreaterThan(1), "It was written meanwhile.");
    }

    private async Task WriteAsync(int writer, CancellationToken end)
    {
        for (var number = 0; !end.IsCancellationRequested; number++)
        {
            var id = $"{((number * 37) + writer) % (Films + 100)}";
            _ = number % 5 == 4 ? await DeleteAsync(id) : await PutAsync(id, $$"""{"name":"Up {{number}}","year":{{1900 + (number % 100)}}}""");
        }
    }

    private static long Number(string revision) => long.Parse(revision.Split('-')[1], CultureInfo.InvariantCulture);

    // The films after the changes up to a revision, in natural order; all ids are numbers.
    private static string Replay(string changes, long through)
    {
        var films = new SortedDictionary<int, string>();
        foreach (var change in changes.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject()).Where(change => Number((string)change["Revision"]!) <= through))
        {
            var id = int.Parse((string)change["Id"]!, CultureInfo.InvariantCulture);
            films.Remove(id);
            if (change["Deleted"] is null)
            {
                films[id] = $$"""{"Id":"{{id}}","Name":{{Quoted((string)change["Name"]!)}},"Year":{{change["Year"]}},"Month":{{change["Month"]?.ToJsonString() ?? "null"}}}""" + "\n";
            }
        }

        return string.Concat(films.Values);
    }
}
