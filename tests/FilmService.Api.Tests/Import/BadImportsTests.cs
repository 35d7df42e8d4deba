using System.Text;
using System.Text.Json.Nodes;
using FilmService.Api.Tests.Hosting;
using FilmService.Domain.Films;

namespace FilmService.Api.Tests.Import;

/// <summary>Imports with errors: they are reported by line, and nothing is stored.</summary>
public sealed class BadImportsTests : ImportTest
{
    private const string Good = """{"Name":"Up","Year":2009}""";
    private const string Json = "The line is not valid JSON of at most 8 levels: byte ";
    private const string Known = "Accepted here: id, name, year, month, deleted, revision, at, by.";
    private const string Csv = "The line is not valid CSV: a quote or a carriage return is out of place.";
    private const string NamedByDefault = "Name must be a string without lone surrogates.";
    private const string Header = "Id,Name,Year,Month\n";

    // In these strings, each character up to U+00FF is one byte.
    [TestCase("""{"Name":"Up","Year":2009""", "line", Json + "25.")]
    [TestCase("""{"Name":"Up","Year":2009,}""", "line", Json + "26.")]
    [TestCase("""{"Name":"Up","Year":2009}{"Name":"Up","Year":2009}""", "line", Json + "26.")]
    [TestCase("""{"Name":"Up","Year":2009} x""", "line", Json + "27.")]
    [TestCase("""{"Name":"Up","Year":2009},""", "line", Json + "26.")]
    [TestCase("""{"Name":"Up","Year":2009,"By":[[[[[[[[[]]]]]]]]]}""", "line", Json + "38.")]
    [TestCase("""["Up",2009]""", "line", "The line must be a single JSON object.")]
    [TestCase("null", "line", "The line must be a single JSON object.")]
    [TestCase("2009", "line", "The line must be a single JSON object.")]
    [TestCase("Up,2009", "line", Json + "1.")]
    [TestCase("{\"Name\":\"\u00FF\",\"Year\":2009}", "line", "The line is not valid UTF-8.")]
    [TestCase("{\"Name\":\"\u00ED\u00A0\u0080\",\"Year\":2009}", "line", "The line is not valid UTF-8.")]
    [TestCase("{\"Name\":\"U\0p\",\"Year\":2009}", "line", Json + "11.")]
    [TestCase("\u00EF\u00BB\u00BF" + Good, "line", Json + "1.")]
    [TestCase("""{"\ud83d":1}""", "line", "A member's name contains a lone surrogate.")]
    [TestCase("""{"Name":"U\u0000p","Year":2009}""", "name", NameRule)]
    [TestCase("""{"Name":"\ud83d","Year":2009}""", "name", NamedByDefault)]
    [TestCase("""{"Name":1984,"Year":1984}""", "name", "Name is 1984. " + NamedByDefault)]
    [TestCase("""{"Name":"","Year":2009}""", "name", "Name must not be empty.")]
    [TestCase("""{"Year":2009}""", "name", "Name is required.")]
    [TestCase("""{"Name":"Up"}""", "year", "Year is required.")]
    [TestCase("""{"Name":"Up","Year":2009.5}""", "year", "Year is 2009.5. " + YearRule)]
    [TestCase("""{"Name":"Up","Year":true}""", "year", "Year is true. " + YearRule)]
    [TestCase("""{"Name":"Up","Year":"1998-2003"}""", "year", "Year is '1998-2003'. " + YearRule + " A range of years is usually that of a series. To leave such lines out, set onError to skip.")]
    [TestCase("""{"Name":"Up","Year":"2009\u0001"}""", "year", "Year is '2009\uFFFD'. " + YearRule)]
    [TestCase("""{"Name":"Up","Year":2009,"Month":5}""", "month", "Month is 5. " + MonthRule)]
    [TestCase("""{"Id":9,"Name":"Up","Year":2009}""", "id", FilmId.Rule)]
    [TestCase("""{"Id":"a/b","Name":"Up","Year":2009}""", "id", FilmId.Rule)]
    [TestCase("""{"Id":"9","Name":"Up","Year":2009,"iD":"9"}""", "id", "'id' was given more than once.")]
    [TestCase("""{"Name":"Up","name":"Up","Year":2009}""", "name", "'name' was given more than once.")]
    [TestCase("""{"Name":"Up","Year":2009,"At":1,"at":2}""", "at", "'at' was given more than once.")]
    [TestCase("""{"Name":"Up","Year":2009,"Director":"Docter"}""", "director", "'Director' is unknown. " + Known)]
    [TestCase("""{"Name":"Up","Year":2009,"Mont":"May"}""", "mont", "'Mont' is unknown. Did you mean 'month'? " + Known)]
    [TestCase("""{"Deleted":true}""", "id", "Id is required to delete a film.")]
    [TestCase("""{"Deleted":true,"Id":null}""", "id", "Id is required to delete a film.")]
    [TestCase("""{"Deleted":true,"Id":""}""", "id", "Id is required to delete a film.")]
    [TestCase("""{"Id":"1","Deleted":"true"}""", "deleted", "Deleted must be true or false.")]
    [TestCase("""{"Id":"1","Deleted":true,"Name":"Up"}""", "name", "A line that deletes a film must have no other film members.")]
    public async Task Promise9_NothingIsIgnoredSilently_InLines(string line, string member, string message)
    {
        var body = Encoding.Latin1.GetBytes($"{Good}\n\n{line}\n{Good}\n");

        var answer = await ImportAsAsync(Lines, body, "");

        var told = JsonNode.Parse(answer.Body)!["lines"]!.AsArray();
        Assert.That((told.Count, (int)told[0]!["line"]!, (string)told[0]!["errors"]![member]![0]!), Is.EqualTo((1, 3, message)), answer.Body);
        await AssertNothingStoredAsync();
    }

    [Test]
    public async Task Import_LinesWithFaults_AreAllTold() => await AssertRefusedAsync(
        await ImportAsync("""
            {"Name":"Up","Year":2009}
            {"Name":"","Year":1066,"Month":"Mai","Director":"Docter"}
            {"Id":"1","Name":"Up","Year":2009}
            {"Name":"Up"
            """),
        Faults(
            """{"line":2,"errors":{"director":["'Director' is unknown. Accepted here: id, name, year, month, deleted, revision, at, by."],"name":["Name must not be empty."],"year":["Year is 1066. Year must be a whole number from 1870 to 2200."],"month":["Month is 'Mai'. Month must be one of January, February, March, April, May, June, July, August, September, October, November, December, or null if it is unknown."]}}""",
            Fault(4, "line", Json + "13.")));

    [Test]
    public async Task Import_FilmsThatAreThere_AreFaultsOfTheirLines()
    {
        var answer = await ImportAsync("""
            {"Id":"3","Name":"Up","Year":2009}
            {"Id":"1","Name":"Avengers: Infinity War","Year":2018,"Month":"March"}
            {"Id":"3","Name":"Up","Year":2009}
            """);

        await AssertRefusedAsync(answer, Faults(Fault(2, "id", "Film 1 already exists. To accept the line, set onConflict to skip, replace or merge."), Fault(3, "id", "Film 3 already exists. To accept the line, set onConflict to skip, replace or merge.")));
        Assert.That(answer.Field("Films-Revision"), Is.EqualTo(Revision(2)));
    }

    [Test]
    public async Task Import_MergeIntoNothing_NeedsAWholeFilm() => await AssertRefusedAsync(
        await ImportAsync("""{"Id":"1","Year":2019}""" + "\n" + """{"Id":"3","Year":2009}""", "onConflict=merge"),
        Faults(Fault(2, "name", "The film doesn't exist yet, so the line needs Name and Year.")));

    [Test]
    public async Task Import_MergeOfNull_IsRefused() => await AssertRefusedAsync(
        await ImportAsync("""{"Id":"1","Name":null}""", "onConflict=merge"), Faults(Fault(1, "name", "Name is required.")));

    [Test]
    public async Task Import_ManyFaults_TellsTheFirstHundredAndCountsAll()
    {
        var answer = await ImportAsync(string.Concat(Enumerable.Repeat("rubbish\n", 1234)));

        Assert.That((answer.Status, answer.Json["lines"]!.AsArray().Count, (int)answer.Json["lineErrorCount"]!), Is.EqualTo((400, 100, 1234)));
        Assert.That((int)answer.Json["lines"]![99]!["line"]!, Is.EqualTo(100));
        Assert.That((string)answer.Json["detail"]!, Is.EqualTo("1234 lines have errors: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, ...."));
        await AssertNothingStoredAsync();
    }

    [Test]
    public async Task Import_FaultsToBeSkipped_AreLeftOutAndTold()
    {
        var answer = await ImportAsync($$"""
            {{Good}}
            rubbish
            {"Id":"1","Name":"Up","Year":2009}
            {"Id":"2","Deleted":true}
            """, "onError=skip");

        AssertDone(answer, Result(created: 1, deleted: 1, skipped: 2, revision: 4)[..^1]
            + $",\"lines\":[{Fault(2, "line", Json + "1.")},{Fault(3, "id", "Film 1 already exists. To accept the line, set onConflict to skip, replace or merge.")}],\"lineErrorCount\":2}}");
    }

    [Test]
    public async Task Import_FaultsToBeSkippedWithTheSameKeyAgain_AreToldAgain()
    {
        var first = await ImportAsync(Good + "\nrubbish", "onError=skip", Key);

        Assert.That((await ImportAsync(Good + "\nrubbish", "onError=skip", Key)).Body, Is.EqualTo(first.Body));
    }

    [TestCase("onConflict=overwrite", "onConflict", "'onConflict' must be one of error, skip, replace, merge.")]
    [TestCase("onConflict=Skip", "onConflict", "'onConflict' must be one of error, skip, replace, merge.")]
    [TestCase("onConflict=", "onConflict", "'onConflict' must be one of error, skip, replace, merge.")]
    [TestCase("onError=ignore", "onError", "'onError' must be one of abort, skip.")]
    [TestCase("onError=skip&ONERROR=skip", "onError", "'onError' was given more than once.")]
    [TestCase("dryRun=yes", "dryRun", "'dryRun' must be true or false.")]
    [TestCase("onConflikt=skip", "onconflikt", "'onConflikt' is unknown. Did you mean 'onConflict'? Accepted here: dryRun, onConflict, onError, match, report, delimiter, encoding, columns, ignore.")]
    [TestCase("name=Up", "name", "'name' is unknown. Accepted here: dryRun, onConflict, onError, match, report, delimiter, encoding, columns, ignore.")]
    public async Task Import_BadParameter_IsRefused(string query, string name, string message) => await AssertRefusedAsync(
        await ImportAsync(Good, query), InvalidParameters("/films", (name, message)));

    [TestCase("onConflict=skip", "onConflict")]
    [TestCase("onError=skip", "onError")]
    public async Task Add_ParameterOfAnImport_IsRefused(string query, string name) => await AssertRefusedAsync(
        await ImportAsAsync(Array, Good, query), InvalidParameters("/films", (name, $"'{name}' applies only to imports; this request adds a single film.")));

    [TestCase("Id,Name,Month\n", "year", "There is no column Year or Release Date. Say which one it is with 'columns', as in columns=year:X, and see 'delimiter' if the columns are not separated. The first line must name the columns; it is: Id,Name,Month")]
    [TestCase("Id,Name,Year,NAME\n", "name", "'Name' and 'NAME' have the same meaning: keep only one of them, or ignore one.")]
    [TestCase("Id Name Year\n", "name", "There is no column Name or Title. Say which one it is with 'columns', as in columns=name:X, and see 'delimiter' if the columns are not separated. The first line must name the columns; it is: Id Name Year")]
    [TestCase("Id,\"Name,Year\n", "line", Csv)]
    [TestCase("", "line", "The header is missing: the first line must name the columns.")]
    [TestCase("\n \n", "line", "The header is missing: the first line must name the columns.")]
    public async Task Import_TableWithABadHeader_IsRefusedWhateverTheRules(string header, string member, string message)
    {
        var answer = await ImportAsAsync(Table, header + "3,Up,2009,\n"[..(header.Contains('I', StringComparison.Ordinal) ? 11 : 0)], "onError=skip");

        Assert.That((answer.Status, (string?)answer.Json["lines"]?[0]!["errors"]![member]?[0]), Is.EqualTo((400, message)), answer.Body);
        await AssertNothingStoredAsync();
    }

    [TestCase("3,Up,2009\n", "line", "The line has 3 values, but the header has 4 columns.")]
    [TestCase("3,Up,2009,May,\n", "line", "The line has 5 values, but the header has 4 columns.")]
    [TestCase("3,\"Up,2009,May\n", "line", Csv)]
    [TestCase("3,\"U\"p,2009,May\n", "line", Csv)]
    [TestCase("3,U\"p,2009,May\n", "line", Csv)]
    [TestCase("3,\"U\rp\",2009,May\n", "line", Csv)]
    [TestCase("3,\u00FF,2009,May\n", "line", "The line is not valid UTF-8. Say what it is with 'encoding', as in encoding=windows-1252.")]
    [TestCase("3,U\0p,2009,May\n", "name", NameRule)]
    [TestCase("3,,2009,May\n", "name", "Name is required.")]
    [TestCase("3,Up,MMIX,May\n", "year", "Year is 'MMIX'. " + YearRule)]
    [TestCase("3,Up,2009,Maj\n", "month", "Month is 'Maj'. " + MonthRule)]
    public async Task Import_RowWithAFault_SpoilsItsOwnLineAlone(string row, string member, string message)
    {
        var answer = await ImportAsAsync(Table, Encoding.Latin1.GetBytes($"{Header}{row}\n4,Coco,2017,\n"), "onError=skip");

        var told = answer.Json["lines"]!.AsArray();
        Assert.That((told.Count, (int)told[0]!["line"]!, (string?)told[0]!["errors"]![member]?[0]), Is.EqualTo((1, 2, message)), answer.Body);
        Assert.That((await GetAsync("/films/4")).Body, Is.EqualTo("""{"Name":"Coco","Year":2017,"Month":null}"""));
    }

    [TestCase("[" + Good, "The array is truncated.")]
    [TestCase("[" + Good + ",", "The array is truncated.")]
    [TestCase("[", "The array is truncated.")]
    [TestCase("[\"]", "The array is truncated.")]
    [TestCase("[" + Good + ",]", "There is an extra comma after element 1.")]
    [TestCase("[,]", "There is an extra comma after element 0.")]
    [TestCase("[" + Good + "," + Good + ",," + Good + "]", "There is an extra comma after element 2.")]
    [TestCase("[" + Good + "] []", "There is data after the end of the array.")]
    [TestCase("[" + Good + "]]", "There is data after the end of the array.")]
    public async Task Import_ArrayThatIsNone_IsRefused(string array, string detail) =>
        await AssertRefusedAsync(await ImportAsAsync(Array, array, "onError=skip"), Malformed(detail, "/films"));

    [Test]
    public async Task Import_ElementsWithFaults_AreToldByTheirPlace() => await AssertRefusedAsync(
        await ImportAsAsync(Array, "[" + Good + ",\n{\"Name\":\"Up\" \"Year\":2009},[],{}}, " + Good + "]", ""),
        Faults(
            Fault(2, "line", "The element is not valid JSON of at most 8 levels: line 1, byte 14."),
            Fault(3, "line", "The element must be a single JSON object."),
            Fault(4, "line", "The element is not valid JSON of at most 8 levels: line 1, byte 3.")));

    [Test]
    public async Task Import_LongLines_AreFaultsOfTheirOwn([Values(Lines, Table, Array)] string type)
    {
        var name = new string('a', 1 << 20);
        var body = type == Lines ? $"{Good}\n{{\"Name\":\"{name}\"}}\n{Good}" : type == Table ? $"Name,Year\nUp,2009\n\"{name}\",2009\nUp,2009" : $"[{Good},{{\"Name\":\"{name}\"}},{Good}]";

        var answer = await ImportAsAsync(type, body, "onError=skip");

        Assert.That(answer.Body, Does.StartWith("""{"created":2,"updated":0,"unchanged":0,"deleted":0,"skipped":1,"""), answer.Body);
        Assert.That(answer.Body, Does.Contain("is longer than 65,536 bytes."));
    }

    [Test]
    public async Task Import_LineOfMoreMembersThanAnyHas_IsAFaultOfItsOwn()
    {
        var members = string.Join(',', Enumerable.Range(0, 1_001).Select(i => $"\"a{i}\":1"));

        var answer = await ImportAsync($"{Good}\n{{{members}}}\n{Good}", "onError=skip");

        Assert.That(answer.Body, Does.StartWith("""{"created":2,"updated":0,"unchanged":0,"deleted":0,"skipped":1,""").And.Contain("The line has more than 1000 members."), answer.Body);
    }

    [TestCase("""{"Name":"Up","Year":2009}""")]
    [TestCase("")]
    [TestCase("null")]
    public async Task Import_OfSomethingElseThanAnArray_AtItsOwnAddress_IsRefused(string body)
    {
        var answer = await Client.SendAsync("POST", "/imports", HttpRequests.Json(body));

        Assert.That(((string?)answer.Json["type"], answer.Status), Is.EqualTo(("/problems/malformed-request", 400)), answer.Body);
        await AssertNothingStoredAsync();
    }

    [TestCase("application/x-www-form-urlencoded")]
    [TestCase("text/plain")]
    public async Task Import_AsAnotherType_AtItsOwnAddress_Returns415(string type)
    {
        var answer = await Client.SendAsync("POST", "/imports", new StringContent("name=Up&year=2009", System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type)));

        Assert.That((answer.Status, answer.Field("Accept-Post")), Is.EqualTo((415, "application/json, application/x-ndjson, text/csv, multipart/form-data")));
        await AssertNothingStoredAsync();
    }

    [TestCase("--x\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nUp\r\n--x--\r\n", "The multipart form has the field 'name'. Send one file, and the options of the import in the query string, as in /imports?onConflict=skip.")]
    [TestCase("name=Up", "The multipart form is truncated or invalid.")]
    [TestCase("", "The multipart form is truncated or invalid.")]
    public async Task Import_FormWithoutAFile_AtItsOwnAddress_IsRefused(string body, string message) => await AssertRefusedAsync(
        await Client.SendAsync("POST", "/imports", new StringContent(body, System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x"))),
        Malformed(message, "/imports"));

    [Test]
    public async Task Import_WithoutABody_AtItsOwnAddress_Returns415() =>
        Assert.That((await Client.SendAsync("POST", "/imports")).Status, Is.EqualTo(415));
}
