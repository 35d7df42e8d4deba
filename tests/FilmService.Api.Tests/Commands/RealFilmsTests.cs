using System.Globalization;
using System.Text.Json.Nodes;
using FilmService.Api.Commands;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Commands;

/// <summary>
/// The 3,201 films of the npm package <c>vega-datasets</c>, whose known errors are kept: nine titles that are numbers, a row
/// without a title, and 22 films from before 1946 with release dates after 2011. They need <c>npm ci</c> in tests/tools.
/// </summary>
public sealed class RealFilmsTests : CommandTest
{
    private const string NotTaken =
        "Ignored columns: US Gross, Worldwide Gross, US DVD Sales, Production Budget, MPAA Rating, Running Time min, Distributor, Source, "
        + "Major Genre, Creative Type, Director, Rotten Tomatoes Rating, IMDB Rating, IMDB Votes.\n";

    private static readonly string Films = Repository.Path("tests/tools/node_modules/vega-datasets/data/movies.json");

    [SetUp]
    public void RequireFilms()
    {
        if (!File.Exists(Films))
        {
            Assert.Ignore("Run npm ci in tests/tools first.");
        }
    }

    [Test]
    public async Task Import_AllOrNothing_ReportsEachFaultByItsLineAndStoresNothing()
    {
        var result = await RunAsync("import", Films, "--latest", "2011-12-31");

        Assert.That(result.Error, Is.EqualTo(Faults + NotTaken + "32 of 3,201 films cannot be imported. Nothing was stored.\n"));
        Assert.That((result.Code, result.Output), Is.EqualTo((ExitCode.NotDone, "")));
        await AssertNothingStoredAsync();
    }

    [Test]
    public async Task Import_SkippingFaults_StoresAllOthersAsTheyAreInTheFile()
    {
        var result = await RunAsync("import", Films, "--latest", "2011-12-31", "--on-error", "skip");

        Assert.That(result, Is.EqualTo(new CommandResult(
            ExitCode.DoneInPart, $"3,169 created, 0 updated, 0 unchanged, 0 deleted, 32 skipped; revision {Revision(3171)}\n", Faults + NotTaken)));
        var stored = JsonNode.Parse((await GetAsync("/films")).Body)!.AsObject().Skip(2).Select(film => film.Value!.ToJsonString());
        Assert.That(stored, Is.EqualTo(WholeFilms().Select(film => film.ToJsonString())));
    }

    private static string Faults => string.Concat(Rows().Select((film, index) => (Line: index + 2, Reason: FaultOf(film!)))
        .Where(fault => fault.Reason is not null)
        .Select(fault => $"line {fault.Line}: {fault.Reason}\n"));

    private static string? FaultOf(JsonNode film) =>
        film["Title"] is null ? "Name is required."
        : film["Title"]!.GetValueKind() is not System.Text.Json.JsonValueKind.String ? $"Name is {film["Title"]}. Name must be a string without lone surrogates."
        : DateOf(film).Year > 2011 ? $"'Release Date' is {film["Release Date"]}, after 2011-12-31: is the century wrong? If the date is right, set --latest."
        : null;

    private static IEnumerable<JsonObject> WholeFilms() => Rows().Select(film => film!).Where(film => FaultOf(film) is null).Select(film => new JsonObject
    {
        ["Name"] = (string)film["Title"]!,
        ["Year"] = DateOf(film).Year,
        ["Month"] = DateOf(film).ToString("MMMM", CultureInfo.InvariantCulture),
    });

    private static DateTime DateOf(JsonNode film) => DateTime.Parse((string)film["Release Date"]!, CultureInfo.InvariantCulture);

    // Each is on a line of its own, the first on line 2.
    private static JsonArray Rows() => JsonNode.Parse(File.ReadAllText(Films))!.AsArray();
}
