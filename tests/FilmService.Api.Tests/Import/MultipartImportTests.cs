using System.Text;

namespace FilmService.Api.Tests.Import;

/// <summary>A form with one file is an import of that file.</summary>
public sealed class MultipartImportTests : ImportTest
{
    private const string Csv = "Name,Year\nUp,2009\n";
    private const string Ndjson = """{"Name":"Up","Year":2009}""";

    [TestCase("films.csv", "application/octet-stream", Csv)]
    [TestCase("films.tsv", "", "Name\tYear\nUp\t2009\n")]
    [TestCase("films.ndjson", "", Ndjson)]
    [TestCase("films.JSON", "", "[" + Ndjson + "]")]
    [TestCase("films", "text/csv; charset=utf-8", Csv)]
    public async Task Import_FormWithAFile_IsAnImportOfIt(string name, string type, string text) =>
        AssertDone(await SendAsync("b", Part(name, type, text)), Result(created: 1, revision: 3));

    [Test]
    public async Task Import_FormWithAPackedFile_IsUnpacked()
    {
        var packed = Encoding.Latin1.GetString(Gzip(Encoding.UTF8.GetBytes(Csv)));

        AssertDone(await SendAsync("b", Part("films.csv.gz", "application/gzip", packed)), Result(created: 1, revision: 3));
    }

    [Test]
    public async Task Import_FormAgainWithItsKeyAndAnotherBoundary_IsTheSameImport()
    {
        var first = await SendAsync("b1", Part("films.csv", "", Csv), Key);
        var second = await SendAsync("b2", Part("films.csv", "", Csv), Key);
        var other = await SendAsync("b2", Part("films.csv", "", "Name,Year\nJaws,1975\n"), Key);

        Assert.That((second.Status, second.Body, second.Field("Idempotency-Replayed")), Is.EqualTo((200, first.Body, "true")));
        Assert.That(other.Status, Is.EqualTo(422));
    }

    [Test]
    public async Task Import_FormWithTwoFiles_IsRefused() => await AssertRefusedAsync(
        await SendAsync("b", Part("films.csv", "", Csv) + "\r\n--b\r\n" + Part("films.csv", "", Csv)),
        Malformed("The multipart form has more than one part. Send one file, and the options of the import in the query string.", "/films"));

    [TestCase(null, "films.csv")]
    [TestCase("films.csv", null)]
    public async Task Import_FormWithAFieldBesideTheFile_IsRefusedByName(string? first, string? second)
    {
        var answer = await SendAsync("b", Part(first, "", Csv) + "\r\n--b\r\n" + Part(second, "", Csv));

        await AssertRefusedAsync(answer, Malformed("The multipart form has the field 'file'. Send one file, and the options of the import in the query string, as in /imports?onConflict=skip.", "/films"));
    }

    [Test]
    public async Task Import_FormWithAFileOfUnknownFormat_IsRefused()
    {
        var answer = await SendAsync("b", Part("films.doc", "", "x"));

        Assert.That((answer.Status, (string)answer.Json["detail"]!), Is.EqualTo((415, "The file's format is not known. Name it *.csv, *.tsv, *.ndjson or *.json, or give the part one of these types: application/x-ndjson, text/csv, application/json.")));
        await AssertNothingStoredAsync();
    }

    [Test]
    public async Task Import_FormThatIsCutOff_IsRefused()
    {
        var answer = await ImportAsAsync("multipart/form-data; boundary=b", "--b\r\n" + Part("films.csv", "", Csv), "");

        Assert.That(answer.Status, Is.EqualTo(400), answer.Body);
        await AssertNothingStoredAsync();
    }

    [Test]
    public async Task Import_FormWithAWorkbook_IsCalledOne() => await AssertRefusedAsync(
        await SendAsync("b", Part("films.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "PK\u0003\u0004[Content_Types].xml")),
        Malformed("This is an Excel workbook (.xlsx). Save the sheet as CSV (UTF-8) in the spreadsheet program, and import that file.", "/films"));

    private Task<Hosting.HttpAnswer> SendAsync(string boundary, string part, params string[] fields) =>
        ImportAsAsync($"multipart/form-data; boundary={boundary}", Encoding.Latin1.GetBytes($"--{boundary}\r\n{part}\r\n--{boundary}--\r\n"), "", fields);

    private static string Part(string? fileName, string type, string text) =>
        $"Content-Disposition: form-data; name=\"file\"{(fileName is null ? "" : $"; filename=\"{fileName}\"")}\r\n{(type.Length > 0 ? $"Content-Type: {type}\r\n" : "")}\r\n{text}";
}
