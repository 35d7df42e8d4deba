using System.Text;

namespace FilmService.Api.Tests.Import;

/// <summary>CSV from other programs over HTTP: found by looking or by parameters, and nothing is left out in silence.</summary>
public sealed class TableImportTests : ImportTest
{
    [TestCase("Title,Year\nUp,2009\n", "", "")]
    [TestCase("Title;Release Year;Director\nUp;2009;Docter\n", "columns=name:Title,year:Release Year", """,["Director"]""")]
    [TestCase("Name,Year,Director\nUp,2009,Docter\n", "ignore=Director", """,["Director"]""")]
    [TestCase("Title,By,Year\nUp,Docter,2009\n", "", """,["By"]""")]
    [TestCase("Name,Year,Revision,At\nUp,2009,k3f9-1,2026-11-22T09:14:03.120Z\n", "", """,["Revision","At"]""")]
    [TestCase("Name,Year,\nUp,2009,x\n", "", """,["column 3"]""")]
    [TestCase("sep=|\r\nName|Year\r\nUp|2009\r\n", "", "")]
    [TestCase("Name^Year\nUp^2009\n", "delimiter=%5E", "")]
    [TestCase("Name\tYear\tMonth\nUp\t2009\t\\N\n", "delimiter=tab", "")]
    [TestCase("Name,Year,Month\nUp, 2009.0,NULL\n", "", "")]
    [TestCase("Name,Year,Month\nUp,2009,NaT\n", "", "")]
    [TestCase("\"Title, original\",Title,Year\nUp,Là-haut,2009\n", "columns=\"name:Title, original\"", """,["Title"]""")]
    [TestCase("Name,Year,Release Date\nUp,2009,2010-01-01\n", "ignore=Release Date", """,["Release Date"]""")]
    [TestCase("Name,Year,Review\nUp,2009,\"Two\nlines\"\n", "", """,["Review"]""")]
    public async Task Import_TableOfAnotherProgram_IsReadAndNamesWhatWasNotUsed(string table, string query, string notUsed)
    {
        var answer = await ImportAsAsync(Table, table, query.Replace(' ', '+').Replace("\"", "%22", StringComparison.Ordinal));

        AssertDone(answer, Result(created: 1, revision: 3)[..^1] + (notUsed.Length > 0 ? $",\"notUsed\":{notUsed[1..]}}}" : "}"));
        Assert.That((await GetAsync("/films/3")).Body, Is.EqualTo("""{"Name":"Up","Year":2009,"Month":null}"""));
    }

    [Test]
    public async Task Import_TableWithOtherTypes_CountsWhatIsLeftOutByType()
    {
        const string Titles = "Title,Title Type,Year\nUp,Movie,2009\nX,TV Episode,2013\nY,TV Episode,2013\nZ,Video Game,2014\nAnn,Person,1990\n";

        var answer = await ImportAsAsync(Table, Titles, "");

        AssertDone(answer, Result(created: 1, revision: 3)[..^1] + ",\"leftOut\":{\"TV Episode\":2,\"Video Game\":1,\"Person\":1}}");
        Assert.That((await ImportAsAsync(Table, Titles, "ignore=Title+Type")).Body, Does.StartWith("""{"created":5,"""));
    }

    [Test]
    public async Task Import_TableWithLinesBeforeItsHeader_SaysWhereTheHeaderIs()
    {
        var answer = await ImportAsAsync(Table, "Letterboxd list export v7\nDate,Name,Tags,URL,Description\n2020-01-01,My list,,https://boxd.it/x,\n\nPosition,Name,Year,URL,Description\n1,Up,2009,https://boxd.it/y,\n", "");

        AssertDone(answer, Result(created: 1, revision: 3)[..^1] + ""","notUsed":["Position","URL","Description"],"headerLine":5}""");
    }

    [Test]
    public async Task Import_StrayQuoteWhereAValueMayHaveLineBreaks_CountsTheLinesThatItCovers()
    {
        var answer = await ImportAsAsync(Table, "Name,Year,Review\n\"Stray,2001,\nUp,2009,\n\"Jaws\",1975,\nBig,1988,\n", "onError=skip");

        AssertDone(answer, Result(created: 1, skipped: 3, revision: 3)[..^1] + ",\"lines\":["
            + Fault(2, "line", "Lines 2 to 4 are one row, because a quotation mark is not closed before: The line is not valid CSV: a quote or a carriage return is out of place.")
            + "],\"lineErrorCount\":3,\"notUsed\":[\"Review\"]}");
        Assert.That((await GetAsync("/films/3")).Body, Is.EqualTo("""{"Name":"Big","Year":1988,"Month":null}"""));
    }

    [TestCase("utf-16", true, "")]
    [TestCase("utf-16", false, "encoding=utf-16")]
    [TestCase("windows-1252", false, "encoding=cp1252")]
    public async Task Import_TableInAnotherEncoding_IsRead(string encoding, bool hasMark, string query)
    {
        var text = CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding);

        var answer = await ImportAsAsync(Table, [.. hasMark ? text.GetPreamble() : [], .. text.GetBytes("Name;Year\r\nAmélie;2001\r\n")], query);

        AssertDone(answer, Result(created: 1, revision: 3));
        Assert.That((await GetAsync("/films/3")).Body, Does.Contain("Amélie"));
    }

    [TestCase("delimiter=x", "delimiter", "'delimiter' must be a single character that is no letter, digit, space or quotation mark, such as , or ; or |, or the word tab.")]
    [TestCase("delimiter=", "delimiter", "'delimiter' must be a single character that is no letter, digit, space or quotation mark, such as , or ; or |, or the word tab.")]
    [TestCase("encoding=klingon", "encoding", "'encoding' must be the name of an encoding, such as utf-8, utf-16 or windows-1252.")]
    [TestCase("encoding=utf-7", "encoding", "'encoding' must be the name of an encoding, such as utf-8, utf-16 or windows-1252.")]
    [TestCase("columns=title:Name", "columns", "'columns' must be a list such as name:Title,year:Release Year; the part before the colon is one of id, name, year, month, date, type.")]
    [TestCase("columns=name:A,name:B", "columns", "'columns' must be a list such as name:Title,year:Release Year; the part before the colon is one of id, name, year, month, date, type.")]
    [TestCase("columns=name:A,year:a", "columns", "'columns' must be a list such as name:Title,year:Release Year; the part before the colon is one of id, name, year, month, date, type.")]
    [TestCase("ignore=\"x", "ignore", "'ignore' must be a list of columns, such as Director,Rating.")]
    public async Task Import_BadParameterOfATable_IsRefused(string query, string name, string message) => await AssertRefusedAsync(
        await ImportAsAsync(Table, "Name,Year\nUp,2009\n", query), InvalidParameters("/films", (name, message)));

    [Test]
    public async Task Import_ParameterOfATableForLines_IsRefused() => await AssertRefusedAsync(
        await ImportAsync("""{"Name":"Up","Year":2009}""", "delimiter=;"), InvalidParameters("/films", ("delimiter", "'delimiter' applies only to imports of text/csv.")));

    [TestCase("\uFEFFName,Year\nUp,2009\n", "encoding=utf-16", "The encoding utf-16 was given, but the text is in utf-8.")]
    [TestCase("Name,Year\nAmélie,2001\n", "encoding=us-ascii", "The text is not valid us-ascii.")]
    [TestCase("PK\u0003\u0004 [Content_Types].xml", "", "This is an Excel workbook (.xlsx). Save the sheet as CSV (UTF-8) in the spreadsheet program, and import that file.")]
    public async Task Import_WhatIsNoSuchText_IsRefused(string text, string query, string detail) =>
        await AssertRefusedAsync(await ImportAsAsync(Table, text, query), Malformed(detail, "/films"));

    // Read as UTF-16, the text has neither lines nor columns.
    [Test]
    public async Task Import_TextReadInTheWrongEncoding_IsRefused()
    {
        var answer = await ImportAsAsync(Table, "Name,Year\nUp,2009\n", "encoding=utf-16");

        Assert.That((answer.Status, (string?)answer.Json["lines"]?[0]?["errors"]?["name"]?[0]), Is.EqualTo((400, "There is no column Name or Title. Say which one it is with 'columns', as in columns=name:X, and see 'delimiter' if the columns are not separated. The first line must name the columns; it is: 慎敭夬慥ੲ灕㈬〰ਹ")));
        await AssertNothingStoredAsync();
    }

    [Test]
    public async Task Import_HeaderOfAMillionColumns_IsRefused()
    {
        var answer = await ImportAsAsync(Table, "Name,Year" + new string(',', 1_000_000) + "\nUp,2009\n", "");

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Body, Does.Contain("is longer than 65,536 bytes."));
        await AssertNothingStoredAsync();
    }

    /// <summary>As LibreOffice saves a UTF-8 file with a byte order mark that it has read as Windows-1252.</summary>
    [TestCase("\"ï»¿Id\",\"Name\",\"Year\"\n\"c3\",\"åƒ\",2001\n")]
    [TestCase("ï»¿Name;Year\nAmÃ©lie;2001\n")]
    public async Task Import_NamesThatAProgramHasGarbled_AreRefused(string table)
    {
        var answer = await ImportAsAsync(Table, table, "");

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Body, Does.Contain("so its names are garbled."));
        await AssertNothingStoredAsync();
    }

    [TestCase("ignore=Nope", "line", "There is no column 'Nope'. The first line must name the columns; it is: Name,Year,Rating")]
    [TestCase("ignore=Rating,Nope", "line", "There is no column 'Nope'. The first line must name the columns; it is: Name,Year,Rating")]
    [TestCase("columns=month:Nope", "month", "There is no column 'Nope'. The first line must name the columns; it is: Name,Year,Rating")]
    public async Task Import_OptionThatNamesAMissingColumn_IsRefusedWithTheColumns(string query, string member, string message) => await AssertRefusedAsync(
        await ImportAsAsync(Table, "Name,Year,Rating\nUp,2009,5\n", query), Faults(Fault(1, member, message)));

    [Test]
    public async Task Import_ColumnThatIsChosenAndIgnored_IsRefused() => await AssertRefusedAsync(
        await ImportAsAsync(Table, "Title,Year\nUp,2009\n", "columns=name:Title&ignore=TITLE"),
        InvalidParameters("/films", ("ignore", "'ignore' names the column 'TITLE', which 'columns' chooses.")));

    [TestCase("ignore=")]
    [TestCase("ignore=_RATING")]
    public async Task Import_IgnoredColumnInOtherSpelling_IsFound(string query) =>
        Assert.That((await ImportAsAsync(Table, "Name,Year,Rating\nUp,2009,5\n", query)).Status, Is.EqualTo(200));

    [TestCase("1998–2003")]
    [TestCase("2001-2005")]
    public async Task Import_RangeOfYears_NamesTheParameterThatLeavesItOut(string years) => await AssertRefusedAsync(
        await ImportAsAsync(Table, $"Name,Year\nX,{years}\n", ""),
        Faults(Fault(2, "year", $"Year is '{years}'. Year must be a whole number from 1870 to 2200. A range of years is usually that of a series. To leave such lines out, set onError to skip.")));

    [TestCase("application/zip", "Unpack the archive, and send the file inside.")]
    [TestCase("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Save the sheet as CSV (UTF-8) in the spreadsheet program, and send that file as text/csv.")]
    [TestCase("application/gzip", "Send Content-Encoding: gzip with the type of the compressed file.")]
    [TestCase("text/tab-separated-values", "Send a file with columns as text/csv, whatever separates them.")]
    public async Task Import_TypeOfAForeignFile_IsRefusedWithWhatToDo(string type, string advice)
    {
        var answer = await ImportAsAsync(type, "x", "");

        Assert.That((answer.Status, (string?)answer.Json["detail"]), Is.EqualTo((415, $"A body of type '{type}' is not accepted here. Accepted: application/json, application/x-www-form-urlencoded, multipart/form-data, application/x-ndjson, text/csv. {advice}")));
    }

    // Spreadsheet programs put a value in quotation marks if it contains one; IMDb does not.
    [TestCase("Name\tYear\nThe \"Teddy\" Bears\t1907\n\"Giliap\"\t1975\n", "The \"Teddy\" Bears", "\"Giliap\"")]
    [TestCase("Name\tYear\n\"Murder\" She Said\t1961\nUp\t2009\n", "\"Murder\" She Said", "Up")]
    [TestCase("Name\tYear\n\"Stray\t2001\nUp\t2009\n", "\"Stray", "Up")]
    [TestCase("Name\tYear\n\"The \"\"Teddy\"\" Bears\"\t1907\n\"Giliap\"\t1975\n", "The \"Teddy\" Bears", "Giliap")]
    [TestCase("Name\tYear\tReview\n\"\"\"Up\"\"\"\t2009\t\"good\n\"\"old\"\" fun\"\nJaws\t1975\t\"\"\n", "\"Up\"", "Jaws")]
    public async Task Import_TabsAndQuotationMarks_AreReadAsTheirProgramMeansThem(string text, string first, string second)
    {
        var answer = await ImportAsAsync(Table, text, "");

        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        Assert.That(((string?)(await GetAsync("/films/3")).Json["Name"], (string?)(await GetAsync("/films/4")).Json["Name"]), Is.EqualTo((first, second)));
    }
}
