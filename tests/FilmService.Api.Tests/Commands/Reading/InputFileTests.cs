using System.IO.Compression;
using System.Text;
using FilmService.Api.Commands;
using FilmService.Api.Commands.Reading;

namespace FilmService.Api.Tests.Commands.Reading;

public sealed class InputFileTests
{
    private const string Array = "The file cannot be read from line 1 on. A JSON file of films must be an array of objects, [{...},{...}]. If it has one object per line, use --format ndjson.";

    private string _path = null!;

    [SetUp]
    public void MakeFile() => _path = Path.GetTempFileName();

    [TearDown]
    public void RemoveFile() => File.Delete(_path);

    [TestCase("Name,Year\nUp,2009\nJaws,1975\n", "2 Name=Up Year=2009|3 Name=Jaws Year=1975")]
    [TestCase("\uFEFFName,Year\r\nUp,2009\r\nJaws,1975", "2 Name=Up Year=2009|3 Name=Jaws Year=1975", Description = "a BOM, CRLF and no last line break")]
    [TestCase("Name,Year\n\"Me, \"\"Myself\"\"\n& Irene\",2000\nUp,\n", "2 Name=Me, \"Myself\"\n& Irene Year=2000|4 Name=Up Year=", Description = "quotes, a line break inside them, an empty column")]
    [TestCase("Name,Year\rUp,2009\r\rJaws,1975\r", "2 Name=Up Year=2009|4 Name=Jaws Year=1975", Description = "line breaks of old Macs")]
    [TestCase("Name,Year\nUp,\"\n\n \"\nJaws,1975\n", "2 Name=Up Year=\n\n |5 Name=Jaws Year=1975", Description = "blank lines inside quotes")]
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

    [TestCase("{\"1\":{\"Name\":\"Up\"}}", Array)]
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
        var text = "Name,Year\n\"Up,2009\n" + string.Concat(Enumerable.Repeat("Jaws,1975\n", 20_000));

        Assert.That(
            () => ReadAsync(text, FileFormat.Csv),
            Throws.InstanceOf<CommandException>().With.Message.Match("^The file cannot be read from line 2 on. A value is longer than 100,000 characters: is a quotation mark missing\\?$"));
    }

    [Test]
    public async Task Csv_BytesThatAreNotUtf8_AreRefused()
    {
        await File.WriteAllBytesAsync(_path, Encoding.Latin1.GetBytes("Name,Year\n\u00C9t\u00E9,2009\n"));

        Assert.That(() => ReadAsync(FileFormat.Csv), Throws.InstanceOf<CommandException>().With.Message.EqualTo("The file cannot be read from line 2 on. It is not UTF-8."));
    }

    private async Task<string> ReadAsync(string text, FileFormat format)
    {
        await File.WriteAllTextAsync(_path, text);
        return await ReadAsync(format);
    }

    // Films as "LINE NAME=VALUE ...|LINE ! FAULT".
    private async Task<string> ReadAsync(FileFormat format)
    {
        await using var file = InputFile.Open(_path);
        var films = new List<string>();
        await foreach (var film in file.ReadAsync(format, CancellationToken.None))
        {
            films.Add($"{film.Line} {film.Fault?.Insert(0, "! ") ?? string.Join(' ', film.Fields.Select(field => $"{field.Name}={field.Value}"))}");
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
