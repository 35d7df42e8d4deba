using System.IO.Compression;
using System.Text;
using FilmService.Api.Commands;
using FilmService.Api.Commands.Reading;
using FilmService.Api.Import.Mapping;
using FilmService.Api.Import.Reading;

namespace FilmService.Api.Tests.Commands.Reading;

public sealed class InputFileTests
{
    private const string Array = "The file cannot be read from line 1 on. A JSON file of films must be an array of objects, [{...},{...}], or an object with films. If it has one object per line, use --format ndjson.";

    private string _path = null!;

    [SetUp]
    public void MakeFile() => _path = Path.GetTempFileName();

    [TearDown]
    public void RemoveFile() => File.Delete(_path);

    [TestCase("Name,Year\nUp,2009\nJaws,1975\n", "2 Name=Up Year=2009|3 Name=Jaws Year=1975")]
    [TestCase("\uFEFFName,Year\r\nUp,2009\r\nJaws,1975", "2 Name=Up Year=2009|3 Name=Jaws Year=1975", Description = "a BOM, CRLF and no last line break")]
    [TestCase("Name,Year,X\n\"Me, \"\"Myself\"\"\n& Irene\",2000,\nUp,,\n", "2 Name=Me, \"Myself\"\n& Irene Year=2000|4 Name=Up Year=", Description = "quotes, a line break inside them, an empty column")]
    [TestCase("Name,Year\n\"Stray,2001\nUp,2009\nJaws,\"\"\n", "2 ! The line is not valid CSV: a quote or a carriage return is out of place.|3 Name=Up Year=2009|4 Name=Jaws Year=", Description = "a stray quote, where no value can have a line break")]
    [TestCase("Name,Year,X\n\"Stray,2001,\nUp,2009,\n\"Jaws\",1975,\nBig,1988,\n", "2 ! Lines 2 to 4 are one row, because a quotation mark is not closed before: The line is not valid CSV: a quote or a carriage return is out of place. +3|5 Name=Big Year=1988", Description = "a stray quote, where a value can have line breaks")]
    [TestCase("Name;Year\nUp;2009\n", "2 Name=Up Year=2009")]
    [TestCase("Name\tYear\nUp, up\t2009\n", "2 Name=Up, up Year=2009")]
    [TestCase("Name|Year\nUp|2009\n", "2 Name=Up Year=2009")]
    [TestCase("sep=^\nName^Year\nUp^2009\n", "3 Name=Up Year=2009")]
    [TestCase("\"Title, original\";Title;Year\nx;Up;2009\n", "2 Title=Up Year=2009", Description = "a comma in a name is no delimiter")]
    [TestCase("\uFEFFId;Name;Year;Month;;\r\n1;Up;2009;May;;\r\n", "2 Id=1 Name=Up Year=2009 Month=May", Description = "as Excel saves it")]
    [TestCase("Letterboxd list export v7\nDate,Name,Tags,URL,Description\n2020-01-01,My list,,https://boxd.it/x,\n\nPosition,Name,Year,URL,Description\n1,Up,2009,https://boxd.it/y,\n", "6 Name=Up Year=2009", Description = "a list of Letterboxd")]
    [TestCase("movieId,title,genres\n1,Toy Story (1995),Comedy\n", "2 title=Toy Story (1995)", Description = "MovieLens")]
    [TestCase("Name,Year\rUp,2009\r\rJaws,1975\r", "2 Name=Up Year=2009|4 Name=Jaws Year=1975", Description = "line breaks of old Macs")]
    [TestCase("Name,Year,X\nUp,2009,\"\n\n \"\nJaws,1975,\n", "2 Name=Up Year=2009|5 Name=Jaws Year=1975", Description = "blank lines inside quotes")]
    [TestCase("Name,Year\nUp,2009\n\"Jaws,1975\n", "2 Name=Up Year=2009|3 ! The line is not valid CSV: a quote or a carriage return is out of place.", Description = "a quote that is never closed")]
    [TestCase("Name,Year\nUp,2009,May\n\nJaws,1975\n", "2 ! The line has 3 values, but the header has 2 columns.|4 Name=Jaws Year=1975")]
    [TestCase("Name,Year\nUp \"2\",2009\nJaws,1975\n", "2 ! The line is not valid CSV: a quote or a carriage return is out of place.|3 Name=Jaws Year=1975")]
    public async Task Csv_Lines_AreFilms(string text, string films) => Assert.That(await ReadAsync(text, FileFormat.Csv), Is.EqualTo(films));

    [TestCase("{\"Name\":\"Up\"}\n{\"Name\":\"Jaws\"}\n", "1 Name=Up|2 Name=Jaws")]
    [TestCase("\uFEFF{\"Name\":\"Up\"}\r\n\r\n  \n{\"Name\":\"Jaws\"}", "1 Name=Up|4 Name=Jaws", Description = "a BOM, CRLF, empty lines and no last line break")]
    [TestCase("{\"Name\":\"Up\"\n[1]\n{\"Name\":\"Jaws\",}\nUp\n", "1 ! The line is not valid JSON.|2 ! A film must be a JSON object.|3 ! The line is not valid JSON.|4 ! The line is not valid JSON.")]
    public async Task Ndjson_Lines_AreFilms(string text, string films) => Assert.That(await ReadAsync(text, FileFormat.Ndjson), Is.EqualTo(films));

    [Test]
    public async Task Ndjson_BytesThatAreNotUtf8_AreAFaultOfTheirLine()
    {
        await File.WriteAllBytesAsync(_path, [.. "{\"Name\":\"\u00C9t\u00E9\"}\n"u8, .. Encoding.Latin1.GetBytes("{\"Name\":\"\u00C9t\u00E9\"}\n")]);

        Assert.That(await ReadAsync(FileFormat.Ndjson), Is.EqualTo("1 Name=\u00C9t\u00E9|2 ! The line is not valid UTF-8."));
    }

    [Test]
    public async Task Ndjson_LineOfHundredMegabytes_IsPassedOver()
    {
        await using (var file = File.CreateText(_path))
        {
            for (var part = 0; part < 100; part++)
            {
                await file.WriteAsync(new string('x', 1024 * 1024));
            }

            await file.WriteAsync("\n{\"Name\":\"Up\"}\n");
        }

        Assert.That(await ReadAsync(FileFormat.Ndjson), Is.EqualTo("1 ! The line is longer than 1,048,576 bytes.|2 Name=Up"));
    }

    [TestCase("[{\"Name\":\"Up\"},\n {\"Name\":\"Jaws\"}]\n", "1 Name=Up|2 Name=Jaws")]
    [TestCase("\uFEFF[\n  {\n    \"Name\": \"Up\"\n  },\n  {\n    \"Name\": \"Jaws\"\n  },\n 5]", "2 Name=Up|5 Name=Jaws|8 ! A film must be a JSON object.")]
    [TestCase("[]", "")]
    [TestCase("{\"1\":{\"Name\":\"Up\"},\n\"a\\\"b\":{\"Name\":\"Jaws\"}}\n", "1 Id=1 Name=Up|2 Id=a\"b Name=Jaws", Description = "as GET /films answers")]
    [TestCase("{\"items\":[{\"Id\":\"1\",\"Name\":\"Up\"}],\"next\":\"/films?cursor=x\"}", "1 Id=1 Name=Up", Description = "as GET /films?shape=list answers")]
    [TestCase("{\"dates\":{\"maximum\":\"2020-01-01\"},\"page\":1,\"results\":[{\"title\":\"Up\"},{\"title\":\"Jaws\"}],\"total_pages\":1}", "1 title=Up|1 title=Jaws", Description = "TMDB")]
    [TestCase("{\"results\":[]}", "")]
    public async Task Json_Elements_AreFilmsOfTheLineWhereTheyBegin(string text, string films) => Assert.That(await ReadAsync(text, FileFormat.Json), Is.EqualTo(films));

    [Test]
    public async Task Json_ManyElements_AreReadThroughASmallBuffer()
    {
        var text = "[\n" + string.Join(",\n", Enumerable.Range(1, 20_000).Select(number => $$"""{"Name":"Film {{number}} é"}""")) + "\n]\n";

        Assert.That(await ReadAsync(text, FileFormat.Json), Is.EqualTo(string.Join('|', Enumerable.Range(1, 20_000).Select(number => $"{number + 1} Name=Film {number} é"))));
    }

    [Test]
    public async Task Json_ElementOfManyBytes_IsReadUpToAMillion()
    {
        var name = new string('x', 900_000);

        Assert.That(await ReadAsync($$"""[{"Name":"{{name}}"}]""", FileFormat.Json), Is.EqualTo($"1 Name={name}"));
        Assert.That(
            await ReadAsync($$"""[{"Name":"{{name}}{{name}}"},{"Name":"Up"}]""", FileFormat.Json),
            Is.EqualTo("1 ! The element is longer than 1,048,576 bytes.|1 Name=Up"));
    }

    [TestCase("{\"Name\":\"Up\",\"Year\":2009}", Array)]
    [TestCase("{\"Name\":\"Up\"}\n{\"Name\":\"Up\"}", Array)]
    [TestCase("{}", Array)]
    [TestCase("{\"results\":[{\"Name\":\"Up\"}", "The file cannot be read from line 1 on. The array is truncated.")]
    [TestCase("{\"1\":{\"Name\":\"Up\"}", "The file cannot be read from line 1 on. The object is truncated.")]
    [TestCase("[{\"Name\":\"Up\"},\n{\"Name\":", "The file cannot be read from line 2 on. The array is truncated.")]
    [TestCase("[\n\n{\"Name\":\"Up\"}\n] [", "The file cannot be read from line 4 on. There is data after the end of the array.")]
    [TestCase("", Array)]
    public void Json_AnythingElse_IsRefused(string text, string message) =>
        Assert.That(() => ReadAsync(text, FileFormat.Json), Throws.InstanceOf<CommandException>().With.Message.EqualTo(message));

    [Test]
    public async Task Gzip_WhateverItsName_IsUnpacked()
    {
        await File.WriteAllBytesAsync(_path, Pack("\uFEFFName,Year\nUp,2009\n"));

        Assert.That(await ReadAsync(FileFormat.Csv), Is.EqualTo("2 Name=Up Year=2009"));
    }

    [Test]
    public void Gzip_ThatIsCutOff_IsRefused()
    {
        File.WriteAllBytes(_path, Pack(string.Concat(Enumerable.Range(1, 1000).Select(number => $$"""{"Name":"Film {{number * 7919}}"}""" + "\n")))[..^20]);

        Assert.That(() => ReadAsync(FileFormat.Ndjson), Throws.InstanceOf<InvalidDataException>());
    }

    [Test]
    public void Gzip_WithSomethingBehindItsEnd_IsRefused()
    {
        File.WriteAllBytes(_path, [.. Pack("{\"Name\":\"Up\"}\n"), .. "{\"Name\":\"Jaws\"}"u8]);

        Assert.That(() => ReadAsync(FileFormat.Ndjson), Throws.InstanceOf<InvalidDataException>());
    }

    [Test]
    public void Csv_QuotationMarkThatIsNeverClosed_IsRefusedWithoutReadingOn()
    {
        var text = "Name,Year,Review\nJaws,1975,\n\"Up,2009,\n" + string.Concat(Enumerable.Repeat("Jaws,1975\n", 20_000));

        Assert.That(
            () => ReadAsync(text, FileFormat.Csv),
            Throws.InstanceOf<CommandException>().With.Message.Match("^The file cannot be read from line 3 on. A value is longer than 100,000 characters: is a quotation mark missing\\?$"));
    }

    // Each value is short, but the row never ends.
    [Test]
    public void Csv_RowOfEndlessLines_IsRefusedWithoutReadingOn() => Assert.That(
        () => ReadAsync("Name,Year,Review\nUp,2009,\"\n" + string.Concat(Enumerable.Repeat(new string('x', 40) + "\",\"\n", 100_000)), FileFormat.Csv),
        Throws.InstanceOf<CommandException>().With.Message.EndsWith("A row is longer than 1,000,000 characters: is a quotation mark missing?"));

    [TestCase("utf-16", "")]
    [TestCase("utf-16BE", "")]
    [TestCase("utf-16", "utf-16", Description = "without a BOM")]
    [TestCase("windows-1252", "cp1252")]
    [TestCase("iso-8859-15", "ISO-8859-15")]
    public async Task Csv_Encoding_IsFoundOrGiven(string encoding, string given)
    {
        var text = TextSource.FindEncoding(encoding)!;
        await File.WriteAllBytesAsync(_path, [.. given.Length > 0 ? [] : text.GetPreamble(), .. text.GetBytes("Name;Year\r\n\u00C9t\u00E9;2009\r\n")]);

        await using var file = InputFile.Open(_path, given.Length > 0 ? TextSource.FindEncoding(given) : null);
        Assert.That(await ReadAsync(file, FileFormat.Csv), Is.EqualTo("2 Name=\u00C9t\u00E9 Year=2009"));
    }

    [TestCase("\uFEFFName,Year\nUp,2009\n", "utf-16", "The file cannot be read. The encoding utf-16 was given, but the text is in utf-8.")]
    [TestCase("Name,Year\nUp\u00E9,2009\n", "us-ascii", "The file cannot be read. The text is not valid us-ascii.")]
    public async Task Csv_EncodingThatLies_IsRefused(string text, string encoding, string message)
    {
        await File.WriteAllTextAsync(_path, text, new UTF8Encoding(false));
        await using var file = InputFile.Open(_path, TextSource.FindEncoding(encoding));

        Assert.That(() => ReadAsync(file, FileFormat.Csv), Throws.InstanceOf<CommandException>().With.Message.EqualTo(message));
    }

    [TestCase("504B030414000600080000002100000000001300000000005B436F6E74656E745F54797065735D2E786D6C", "This is an Excel workbook (.xlsx). Save the sheet as CSV (UTF-8) in the spreadsheet program, and import that file.")]
    [TestCase("504B0304140000000800000021000000000013000000000077617463686564", "This is a zip archive. Unpack it, and import the file inside, such as watched.csv.")]
    [TestCase("D0CF11E0A1B11AE1", "This is an old Excel workbook (.xls). Save the sheet as CSV (UTF-8) in the spreadsheet program, and import that file.")]
    [TestCase("377ABCAF271C", "This is an archive. Unpack it, and import the file inside; only gzip is unpacked here.")]
    public async Task File_ThatIsNoText_IsCalledWhatItIs(string bytes, string advice)
    {
        await File.WriteAllBytesAsync(_path, Convert.FromHexString(bytes));

        Assert.That(() => ReadAsync(FileFormat.Csv), Throws.InstanceOf<CommandException>().With.Message.EqualTo("The file cannot be read. " + advice));
    }

    [Test]
    public async Task Csv_HeaderOfAMillionColumns_IsRefused()
    {
        await File.WriteAllTextAsync(_path, "Name,Year" + string.Concat(Enumerable.Repeat(",", 1_000_000)) + "\n");

        Assert.That(() => ReadAsync(FileFormat.Csv), Throws.InstanceOf<CommandException>().With.Message.StartsWith("The header has 1,000,002 columns; at most 1,000 are accepted."));
    }

    [Test]
    public async Task Json_TwoMillionFilmsKeyedById_AreReadOneByOne()
    {
        WriteKeyed(2_000_000, "{\"Year\":1}");
        var (count, last) = (0, default(InputRecord));

        await using var file = InputFile.Open(_path);
        await foreach (var film in file.ReadAsync(FileFormat.Json, new FilmMapper(new MappingOptions()), CancellationToken.None))
        {
            (count, last) = (count + 1, film);
        }

        Assert.That((count, last.Fields[0].Value.Text), Is.EqualTo((2_000_000, "2000000")));
    }

    [TestCase("{}")]
    public void Json_TwoMillionMembersThatAreNoFilms_AreRefused(string value)
    {
        WriteKeyed(2_000_000, value);

        Assert.That(() => ReadAsync(FileFormat.Json), Throws.InstanceOf<CommandException>().With.Message.StartsWith("The file cannot be read from line 1 on. A JSON file of films must be an array of objects"));
    }

    [Test]
    public async Task Json_FilmOfTwoMillionMembers_SpoilsItselfAlone()
    {
        await File.WriteAllTextAsync(_path, $"[{{{string.Join(',', Enumerable.Range(0, 2_000_000).Select(number => $"\"{number}\":1"))}}},{{\"Name\":\"Up\"}}]");

        Assert.That(await ReadAsync(FileFormat.Json), Is.EqualTo("1 ! The element is longer than 1,048,576 bytes.|1 Name=Up"));
    }

    [Test]
    public async Task Csv_BytesThatAreNotUtf8_AreRefused()
    {
        await File.WriteAllBytesAsync(_path, Encoding.Latin1.GetBytes("Name,Year\n\u00C9t\u00E9,2009\n"));

        Assert.That(() => ReadAsync(FileFormat.Csv), Throws.InstanceOf<CommandException>().With.Message.EqualTo("The file cannot be read from line 2 on. The line is not valid UTF-8. Say what it is with --encoding, such as --encoding windows-1252."));
    }

    private async Task<string> ReadAsync(string text, FileFormat format)
    {
        await File.WriteAllTextAsync(_path, text);
        return await ReadAsync(format);
    }

    private void WriteKeyed(int members, string value)
    {
        using var file = new StreamWriter(_path);
        file.Write('{');
        for (var key = 1; key <= members; key++)
        {
            file.Write($"{(key == 1 ? "" : ",")}\"{key}\":{value}");
        }

        file.Write('}');
    }

    // Films as "LINE NAME=VALUE ...|LINE ! FAULT".
    private async Task<string> ReadAsync(FileFormat format)
    {
        await using var file = InputFile.Open(_path);
        return await ReadAsync(file, format);
    }

    private static async Task<string> ReadAsync(InputFile file, FileFormat format)
    {
        var films = new List<string>();
        await foreach (var film in file.ReadAsync(format, new FilmMapper(new MappingOptions()), CancellationToken.None))
        {
            films.Add($"{film.Line} {film.Fault?.Insert(0, "! ") + (film.Lines > 1 ? $" +{film.Lines}" : "")}{(film.Fault is null ? string.Join(' ', film.Fields.Select(field => $"{field.Name}={field.Value}")) : "")}");
        }

        return string.Join('|', films);
    }

    private static byte[] Pack(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}
