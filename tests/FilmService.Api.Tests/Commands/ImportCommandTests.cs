using System.Diagnostics;
using System.Text.Json.Nodes;
using FilmService.Api.Commands;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Commands;

public sealed class ImportCommandTests : CommandTest
{
    private const string Letterboxd = """
        Date,Name,Year,Letterboxd URI
        2023-01-07,"Crouching Tiger, Hidden Dragon",2000,https://boxd.it/29Pq
        2023-01-08,Amélie,2001,https://boxd.it/2aKI

        """;

    [Test]
    public async Task Import_ExportOfLetterboxd_TakesNameAndYearAndNamesTheOtherColumns()
    {
        Write("watched.csv", Letterboxd);

        var result = await RunAsync("import", "watched.csv");

        Assert.That(result, Is.EqualTo(new CommandResult(
            ExitCode.Done, $"2 created, 0 updated, 0 unchanged, 0 deleted, 0 skipped; revision {Revision(4)}\n", "Ignored columns: Date, Letterboxd URI.\n")));
        Assert.That((await GetAsync("/films/3")).Body, Is.EqualTo("""{"Name":"Crouching Tiger, Hidden Dragon","Year":2000,"Month":null}"""));
    }

    [Test]
    public async Task Import_TheSameFileTwice_DoublesNothingIfNamesAreMatched()
    {
        Write("watched.csv", Letterboxd);

        await RunAsync("import", "watched.csv");
        var again = await RunAsync("import", "watched.csv");
        var matched = await RunAsync("import", "watched.csv", "--match", "name,year");

        Assert.That(again.Error, Is.EqualTo("2 of the new films have the name and year of others. To leave such films out, use --match name,year.\nIgnored columns: Date, Letterboxd URI.\n"));
        Assert.That(matched.Error, Does.StartWith("line 2: Several films have this name and year, so it is unclear which one the line means. Give its Id.\n"));
        Assert.That((matched.Code, Count()), Is.EqualTo((ExitCode.NotDone, 6)));
    }

    [TestCase("films.csv", "Name,Year\nUp,2009\n", "--ignore-column", "There is no column 'Nope'. The first line must name the columns; it is: Name,Year\n")]
    [TestCase("films.csv", "Name,Year\nUp,2009\n", "--month-column", "There is no column 'Nope'. The first line must name the columns; it is: Name,Year\n")]
    [TestCase("films.ndjson", """{"Name":"Up","Year":2009}""", "--ignore-column", "There is no column 'Nope'. The columns are: Name,Year\n")]
    [TestCase("films.json", """[{"Name":"Up","Year":2009}]""", "--month-column", "There is no column 'Nope'. The columns are: Name,Year\n")]
    public async Task Import_OptionThatNamesAMissingColumn_IsRefusedWithTheColumns(string name, string text, string option, string message)
    {
        Write(name, text);

        Assert.That(await RunAsync("import", name, option, "Nope"), Is.EqualTo(new CommandResult(ExitCode.NotDone, "", message)));
        await AssertNothingStoredAsync();
    }

    [TestCase("1998–2003")]
    [TestCase("2001-2005")]
    [TestCase("2019–")]
    public async Task Import_RangeOfYears_NamesTheOptionThatLeavesItOut(string years)
    {
        Write("films.csv", $"Name,Year\nX,{years}\nUp,2009\n");

        var refused = await RunAsync("import", "films.csv");
        var skipped = await RunAsync("import", "films.csv", "--on-error", "skip");

        Assert.That((refused.Code, refused.Error), Is.EqualTo((ExitCode.NotDone, $"line 2: Year is '{years}'. Year must be a whole number from 1870 to 2200. A range of years is usually that of a series. To leave such lines out, set --on-error to skip.\n1 of 2 films cannot be imported. Nothing was stored.\n")));
        Assert.That((skipped.Code, Count()), Is.EqualTo((ExitCode.DoneInPart, 3)), skipped.Error);
    }

    [TestCase("502.0", "502")]
    [TestCase("1e3", "1000")]
    [TestCase("5.02E2", "502")]
    [TestCase("502", "502")]
    public async Task Import_IdThatIsAJsonNumber_IsSpeltPlainly(string number, string id)
    {
        Write("films.json", $$"""[{"Id":{{number}},"Name":"Up","Year":2009}]""");

        await RunAsync("import", "films.json");

        Assert.That((await GetAsync($"/films/{id}")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Import_ObjectWithSeveralArrays_HasTheFilmsOfAll()
    {
        Write("films.json", """{"page":1,"results":[{"Name":"Up","Year":2009}],"items":[{"Name":"Jaws","Year":1975}]}""");

        var result = await RunAsync("import", "films.json");

        Assert.That((result.Code, Count()), Is.EqualTo((ExitCode.Done, 4)), result.Error);
    }

    [Test]
    public async Task Import_ColumnThatIsChosenAndIgnored_IsRefused()
    {
        Write("films.csv", "Title,Year\nUp,2009\n");

        Assert.That(await RunAsync("import", "films.csv", "--name-column", "Title", "--ignore-column", "title"), Is.EqualTo(new CommandResult(
            ExitCode.Usage, "", "--ignore-column names the column title, which another option chooses.\n")));
    }

    [Test]
    public async Task Import_Report_HasTheLinesOfTheFile()
    {
        Write("films.csv", "Title;Year;Title Type\n\nUp;2009;movie\nX;2013;TV Episode\nJaws;1975;movie\n");

        var result = await RunAsync("import", "films.csv", "--dry-run", "--report", "report.ndjson");

        Assert.That(result, Is.EqualTo(new CommandResult(ExitCode.Done, "2 created, 0 updated, 0 unchanged, 0 deleted, 0 skipped; this was a dry run, nothing was stored\n", "Left out, because the file does not call them films: 1 TV Episode. To import some of them, use --only, as in --only movie,short.\n")));
        Assert.That(File.ReadAllText(Path.Combine(Folder, "report.ndjson")), Is.EqualTo("""
            {"line":3,"id":"3","result":"created","before":null,"after":{"Name":"Up","Year":2009,"Month":null}}
            {"line":5,"id":"4","result":"created","before":null,"after":{"Name":"Jaws","Year":1975,"Month":null}}

            """));
        await AssertNothingStoredAsync();
    }

    [Test]
    public async Task Import_ReportOfLinesThatTheCommandRejects_HasTheReasonsOfTheScreen()
    {
        Write("films.csv", "Title;Release Date;Review\nUp;soon;x\n\"Stray;2009;\nBig;1988\nJaws;\"1975\";y\n");

        var result = await RunAsync("import", "films.csv", "--on-error", "skip", "--report", "report.ndjson");

        var errors = File.ReadLines(Path.Combine(Folder, "report.ndjson")).Select(line => JsonNode.Parse(line)!["errors"]?["line"]?[0]?.GetValue<string>()).OfType<string>().ToList();
        Assert.That(errors[0], Does.StartWith("'Release Date' is soon, which is not a supported date"));
        Assert.That(errors, Has.None.Contain("must be a single JSON object").And.Contains("The line belongs to the faulty row that begins before it."), result.Error);
    }

    [TestCase("--name-column Title --year-column Title", "--name-column and --year-column name the same column, Title. A column can have one meaning.\n")]
    [TestCase("--name-column Release-Date --date-column release_date", "--name-column and --date-column name the same column, Release-Date. A column can have one meaning.\n")]
    public async Task Import_OneColumnForTwoMeanings_IsRefused(string options, string error)
    {
        Write("films.csv", "Title;Year\nUp;2009\n");

        var result = await RunAsync(["import", "films.csv", .. options.Split(' ')]);

        Assert.That((result.Code, result.Error), Is.EqualTo((ExitCode.Usage, error)));
    }

    [Test]
    public async Task Import_TmdbWithSeries_LeavesThemOut()
    {
        Write("films.json", """{"results":[{"id":11,"media_type":"movie","title":"Up","release_date":"2009-05-29"},{"id":12,"media_type":"tv","name":"Dark","first_air_date":"2017-12-01"},{"id":13,"media_type":"tv","title":"Twin Peaks","year":1990}]}""");

        var result = await RunAsync("import", "films.json");

        Assert.That(result.Output, Does.StartWith("1 created"), result.Error);
        Assert.That(result.Error, Does.Contain("2 tv"));
    }

    [Test]
    public async Task Import_StrayQuote_CountsTheLinesThatItCovers()
    {
        Write("films.csv", "Name,Year,Review\n\"Stray,2001,\nUp,2009,\n\"Jaws\",1975,\nBig,1988,\n");

        var result = await RunAsync("import", "films.csv", "--on-error", "skip");

        Assert.That(result, Is.EqualTo(new CommandResult(
            ExitCode.DoneInPart, $"1 created, 0 updated, 0 unchanged, 0 deleted, 3 skipped; revision {Revision(3)}\n",
            "line 2: Lines 2 to 4 are one row, because a quotation mark is not closed before: The line is not valid CSV: a quote or a carriage return is out of place.\nIgnored columns: Review.\n")));
    }

    [Test]
    public async Task Import_FaultsOfFileAndService_AreAllToldByLineAndNothingIsStored()
    {
        Write("films.json", """
            [
              {"Title": "Up", "Release Date": "May 29 2009"},
              {"Title": 300, "Release Date": "Mar 09 2007"},
              {
                "Title": "Wings", "Release Date": "Aug 12 2027"
              },
              {"Title": "Jaws"}
            ]
            """);

        var result = await RunAsync("import", "films.json", "--latest", "2011-12-31");

        Assert.That(result, Is.EqualTo(new CommandResult(ExitCode.NotDone, "", """
            line 3: Name is 300. Name must be a string without lone surrogates.
            line 4: 'Release Date' is Aug 12 2027, after 2011-12-31: is the century wrong? If the date is right, set --latest.
            line 7: Year is required.
            3 of 4 films cannot be imported. Nothing was stored.

            """)));
        await AssertNothingStoredAsync();
    }

    [Test]
    public async Task Import_SkippingFaults_StoresTheOthersAndAnswersSo()
    {
        Write("films.csv", "Title,release_date\nUp,2009-05\nJaws,20.6.1975\n");

        var result = await RunAsync("import", "films.csv", "--on-error", "skip");

        Assert.That(result, Is.EqualTo(new CommandResult(
            ExitCode.DoneInPart,
            $"1 created, 0 updated, 0 unchanged, 0 deleted, 1 skipped; revision {Revision(3)}\n",
            "line 3: 'release_date' is 20.6.1975, which is not a supported date; write 2018-03-01, 2018-03, 2018, Jun 12 1998, June 12, 1998 or 12 June 1998.\n")));
        Assert.That((await GetAsync("/films/3")).Body, Is.EqualTo(Up));
    }

    [Test]
    public async Task Import_FaultOfADeletedLineOfMerge_IsAFault()
    {
        Write("films.ndjson", "{\"Id\":\"1\",\"Release Date\":\"soon\"}\n");

        var result = await RunAsync("import", "films.ndjson", "--on-conflict", "merge");

        Assert.That(result.Code, Is.EqualTo(ExitCode.NotDone));
        Assert.That(result.Error, Does.StartWith("line 1: 'Release Date' is soon").And.EndsWith("1 of 1 films cannot be imported. Nothing was stored.\n"));
    }

    [Test]
    public async Task Import_DryRun_StoresNothing()
    {
        Write("films.csv", "Name,Year,Month\nUp,2009,May\n");

        var result = await RunAsync("import", "films.csv", "--dry-run");

        Assert.That(result, Is.EqualTo(new CommandResult(ExitCode.Done, "1 created, 0 updated, 0 unchanged, 0 deleted, 0 skipped; this was a dry run, nothing was stored\n", "")));
        await AssertNothingStoredAsync();
    }

    [Test]
    public async Task Import_StandardInput_IsReadAsTheFormatSays()
    {
        var result = await RunAsync("{\"Id\":\"1\",\"Name\":\"Up\",\"Year\":2009,\"Month\":\"May\"}\n", [], "import", "-", "--format", "ndjson", "--on-conflict", "replace");

        Assert.That(result.Output, Is.EqualTo($"0 created, 1 updated, 0 unchanged, 0 deleted, 0 skipped; revision {Revision(3)}\n"), result.Error);
        Assert.That((await GetAsync("/films/1")).Body, Is.EqualTo(Up));
    }

    [Test]
    public async Task Import_IdThatIsTaken_IsAFaultUnlessSaidOtherwise()
    {
        Write("films.ndjson", "{\"Id\":\"1\",\"Name\":\"Up\",\"Year\":2009}\n");

        Assert.That((await RunAsync("import", "films.ndjson")).Error, Is.EqualTo("line 1: Film 1 already exists. To accept the line, set --on-conflict to skip, replace or merge.\n1 of 1 films cannot be imported. Nothing was stored.\n"));
        Assert.That((await RunAsync("import", "films.ndjson", "--on-conflict", "skip")).Output, Does.StartWith("0 created, 0 updated, 0 unchanged, 0 deleted, 1 skipped"));
        await AssertNothingStoredAsync();
    }

    [Test]
    public async Task Import_AgainWithItsKey_StoresOnce()
    {
        Write("films.csv", "Name,Year\nUp,2009\n");

        var first = await RunAsync("import", "films.csv", "--idempotency-key", "k1");
        var second = await RunAsync("import", "films.csv", "--idempotency-key", "k1");

        Assert.That(second, Is.EqualTo(first));
        Assert.That(Count(), Is.EqualTo(3));
    }

    [Test]
    public async Task Import_FileThatEndsInTheMiddle_StoresNothing()
    {
        Write("films.json", "[{\"Name\":\"Up\",\"Year\":2009},\n{\"Name\":\"Jaws\"");

        var result = await RunAsync("import", "films.json");

        Assert.That(result, Is.EqualTo(new CommandResult(ExitCode.NotDone, "", "The file cannot be read from line 2 on. The array is truncated.\n")));
        await AssertNothingStoredAsync();
    }

    [Test]
    public async Task Import_ByDotnetRunFromAnotherFolder_TakesPathsOfTheShell()
    {
        Write("films.csv", "Name,Year\nUp,2009\n");
        var start = new ProcessStartInfo("sh", ["-c", $"cd {Folder} && dotnet run --no-build --project {Repository.Path("src/FilmService.Api")} -- import films.csv --url {Url}"]);

        var result = await CommandProcess.RunAsync(start, "");

        Assert.That(result.Output, Does.Contain("1 created"), result.Error);
        Assert.That(Directory.GetFileSystemEntries(Folder), Has.Length.EqualTo(1));
    }
}
