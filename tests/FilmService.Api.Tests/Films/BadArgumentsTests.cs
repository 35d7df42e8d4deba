using System.Net.Http.Headers;
using System.Text;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Films;

/// <summary>
/// Invalid arguments of PUT: each is answered with a problem that explains it, nothing is stored, and the service keeps
/// answering.
/// </summary>
public sealed class BadArgumentsTests : ServiceTest
{
    private const string Known = "Accepted here: name, year, month, id.";

    [TestCase("2018.5")]
    [TestCase("1869")]
    [TestCase("2201")]
    [TestCase("-2018")]
    [TestCase("0")]
    [TestCase("1e400")]
    [TestCase("2.018e-400")]
    [TestCase("2018.0000000000000000000000000000000000001")]
    [TestCase("99999999999999999999")]
    [TestCase("true")]
    [TestCase("[2018]")]
    [TestCase("{\"year\":2018}")]
    [TestCase("\"２０１８\"")]
    [TestCase("\"٢٠١٨\"")]
    [TestCase("\"2018.0\"")]
    [TestCase("\"+2018\"")]
    [TestCase("\" 2018\"")]
    [TestCase("\"2018\\u0000\"")]
    [TestCase("\"MMXVIII\"")]
    [TestCase("\"\"")]
    [TestCase("\"\\ud800\"")]
    public async Task Put_BadYear_IsRefused(string year)
    {
        var answer = await PutAsync("9", $$"""{"name":"Up","year":{{year}}}""");

        await AssertRefusedAsync(answer, Invalid("9", ("year", YearRule)));
    }

    [TestCase("")]
    [TestCase("\"")]
    public async Task Put_YearOf10000Digits_IsRefused(string quote)
    {
        var answer = await PutAsync("9", $$"""{"name":"Up","year":{{quote}}{{new string('2', 10_000)}}{{quote}}}""");

        await AssertRefusedAsync(answer, Invalid("9", ("year", YearRule)));
    }

    [TestCase("\"Marchember\"")]
    [TestCase("\"Mar\"")]
    [TestCase("\" March\"")]
    [TestCase("\"3\"")]
    [TestCase("\"\"")]
    [TestCase("\"März\"")]
    [TestCase("\"\\ud83d\"")]
    [TestCase("3")]
    [TestCase("false")]
    [TestCase("[\"March\"]")]
    public async Task Put_BadMonth_IsRefused(string month)
    {
        var answer = await PutAsync("9", $$"""{"name":"Up","year":2009,"month":{{month}}}""");

        await AssertRefusedAsync(answer, Invalid("9", ("month", MonthRule)));
    }

    [TestCase("\"\"", "Name must not be empty.")]
    [TestCase("\" \\t\\n\\u3000 \"", "Name must not be empty.")]
    [TestCase("null", "Name is required.")]
    [TestCase("\"a\\u0000b\"", NameRule)]
    [TestCase("\"a\\nb\"", NameRule)]
    [TestCase("\"a\\u0085b\"", NameRule)]
    [TestCase("\"a\\u007f\"", NameRule)]
    [TestCase("\"\\ud83d\"", "Name must be a string without lone surrogates.")]
    [TestCase("\"a\\ude00\\ud83d\"", "Name must be a string without lone surrogates.")]
    [TestCase("1984", "Name must be a string without lone surrogates.")]
    [TestCase("true", "Name must be a string without lone surrogates.")]
    [TestCase("[\"Up\"]", "Name must be a string without lone surrogates.")]
    [TestCase("{}", "Name must be a string without lone surrogates.")]
    public async Task Put_BadName_IsRefused(string name, string message)
    {
        var answer = await PutAsync("9", $$"""{"name":{{name}},"year":2009}""");

        await AssertRefusedAsync(answer, Invalid("9", ("name", message)));
    }

    [TestCase("a")]
    [TestCase("😀")]
    public async Task Put_NameOf501CodePoints_IsRefused(string codePoint)
    {
        var answer = await PutAsync("9", $$"""{"name":"{{string.Concat(Enumerable.Repeat(codePoint, 501))}}","year":2009}""");

        await AssertRefusedAsync(answer, Invalid("9", ("name", NameRule)));
    }

    [Test]
    public async Task Put_SeveralFaults_AreToldAtOnce()
    {
        var answer = await PutAsync("7", """{"name":"","year":1800,"month":"Juli","Id":"8","Nmae":"Up"}""");

        await AssertRefusedAsync(answer, Invalid(
            "7",
            ("id", "The id in the body must equal the id in the URL, or be left out."),
            ("name", "Name must not be empty."),
            ("nmae", $"'Nmae' is unknown. Did you mean 'name'? {Known}"),
            ("year", YearRule),
            ("month", MonthRule)));
    }

    [Test]
    public async Task Put_EmptyObject_NamesWhatIsRequired()
    {
        var answer = await PutAsync("9", "{}");

        await AssertRefusedAsync(answer, Invalid("9", ("name", "Name is required."), ("year", "Year is required.")));
    }

    [Test]
    public async Task Put_MonthAlone_NamesWhatIsRequired()
    {
        var answer = await PutAsync("1", """{"month":"May"}""");

        await AssertRefusedAsync(answer, Invalid("1", ("name", "Name is required."), ("year", "Year is required.")));
    }

    [TestCase("{\"name\":\"Up\",\"year\":2009,\"name\":\"Up\"}", "name")]
    [TestCase("{\"name\":\"Up\",\"year\":2009,\"NAME\":\"Down\"}", "name")]
    [TestCase("{\"name\":\"Up\",\"year\":2009,\"n\\u0061me\":\"Up\"}", "name")]
    [TestCase("{\"name\":\"Up\",\"year\":2009,\"Year\":null}", "year")]
    [TestCase("{\"name\":\"Up\",\"year\":2009,\"month\":null,\"Month\":null}", "month")]
    [TestCase("{\"name\":\"Up\",\"year\":2009,\"id\":\"9\",\"Id\":\"9\"}", "id")]
    public async Task Put_NameGivenTwice_IsNamed(string json, string name)
    {
        var answer = await PutAsync("9", json);

        await AssertRefusedAsync(answer, Invalid("9", (name, $"'{name}' was given more than once.")));
    }

    [TestCase("/films/9?Year=2009")]
    [TestCase("/films/9?year=2010")]
    public async Task Put_NameInQueryAndBody_IsNamed(string address)
    {
        var answer = await Client.SendAsync("PUT", address, HttpRequests.Json(UpArguments));

        await AssertRefusedAsync(answer, Invalid("9", ("year", "'year' was given more than once.")));
    }

    [TestCase("name=Up&year=2009&Name=Up")]
    [TestCase("name=Up&year=2009&%6eame=")]
    public async Task Put_FormWithNameTwice_IsNamed(string form)
    {
        var answer = await PutFormAsync(form);

        await AssertRefusedAsync(answer, Invalid("9", ("name", "'name' was given more than once.")));
    }

    [TestCase("8")]
    [TestCase("09")]
    [TestCase(" ")]
    public async Task Put_IdOtherThanTheAddress_IsRefused(string id)
    {
        var answer = await PutAsync("9", $$"""{"Id":"{{id}}","name":"Up","year":2009}""");

        await AssertRefusedAsync(answer, Invalid("9", ("id", "The id in the body must equal the id in the URL, or be left out.")));
    }

    [TestCase("director", "'director' is unknown. " + Known)]
    [TestCase("Titel", "'Titel' is unknown. " + Known)]
    [TestCase("yaer", "'yaer' is unknown. Did you mean 'year'? " + Known)]
    [TestCase("", "'' is unknown. " + Known)]
    [TestCase("_x", "'_x' is unknown. " + Known)]
    [TestCase("a\\u0000\\n", "'a\uFFFD\uFFFD' is unknown. " + Known)]
    public async Task Put_UnknownMember_IsNamed(string member, string message)
    {
        var answer = await PutAsync("9", $$"""{"name":"Up","year":2009,"{{member}}":1}""");

        await AssertRefusedAsync(answer, Invalid("9", (message.Split('\'')[1].ToLowerInvariant(), message)));
    }

    [Test]
    public async Task Put_LongUnknownMember_IsEchoedInPart()
    {
        var answer = await PutAsync("9", $$"""{"name":"Up","year":2009,"{{new string('x', 900_000)}}":1}""");

        var echo = new string('x', 64) + "...";
        await AssertRefusedAsync(answer, Invalid("9", (echo, $"'{echo}' is unknown. {Known}")));
    }

    /// <summary>The framework's collection of errors takes such names apart, and fails if there are too many parts.</summary>
    [TestCase('[')]
    [TestCase('.')]
    public async Task Put_UnknownMemberOfManyParts_IsNamed(char separator)
    {
        var name = new string(separator, 60);
        var file = $"--b\r\nContent-Disposition: form-data; name=\"{name}\"; filename=a\r\n\r\nUp\r\n--b--";

        await AssertRefusedAsync(await PutAsync("9", $$"""{"name":"Up","year":2009,"{{name}}":1}"""), Invalid("9", (name, $"'{name}' is unknown. {Known}")));
        await AssertRefusedAsync(
            await Host.SendRawAsync("PUT /films/9?name=Up&year=2009", file, "Content-Type: multipart/form-data; boundary=b", $"Content-Length: {file.Length}"),
            Invalid("9", (name, $"'{name}' is a file; send a plain field.")));
    }

    [Test]
    public async Task Put_900UnknownMembers_NamesTheFirst20()
    {
        var answer = await PutAsync("9", "{" + string.Join(",", Enumerable.Range(0, 900).Select(n => $"\"x{n}\":1")) + "}");

        var faults = Enumerable.Range(0, 20).Select(n => ($"x{n}", $"'x{n}' is unknown. {Known}"));
        Assert.That(answer.Json["errors"]!.AsObject().Select(error => (error.Key, (string?)error.Value![0])).Take(20), Is.EqualTo(faults));
        Assert.That(answer.Body, Has.Length.LessThan(4000));
        await AssertNothingStoredAsync();
    }

    [TestCase("{\"name\":\"Up\",\"year\":2009,}", 1, 26)]
    [TestCase("{\"name\":\"Up\"\n,\"year\":2009 // comment\n}", 2, 14)]
    [TestCase("{/* comment */\"name\":\"Up\",\"year\":2009}", 1, 2)]
    [TestCase("{'name':'Up','year':2009}", 1, 2)]
    [TestCase("{name:\"Up\",\"year\":2009}", 1, 2)]
    [TestCase("{\"name\":\"Up\",\"year\":2009}}", 1, 26)]
    [TestCase("{\"name\":\"Up\",\"year\":2009}{}", 1, 26)]
    [TestCase("{\"name\":\"Up\",\"year\":2009", 1, 25)]
    [TestCase("{\"name\":\"U\tp\",\"year\":2009}", 1, 11)]
    [TestCase("{\"name\":\"\0\",\"year\":2009}", 1, 10)]
    [TestCase("{\"name\":\"\\x41\",\"year\":2009}", 1, 11)]
    [TestCase("{\"name\":\"Up\",\"year\":NaN}", 1, 21)]
    [TestCase("{\"name\":\"Up\",\"year\":02009}", 1, 22)]
    [TestCase("{\"name\":\"Up\",\"year\":0x7d9}", 1, 22)]
    [TestCase("\0", 1, 1)]
    [TestCase(" ", 1, 2)]
    [TestCase("name=Up&year=2009", 1, 2)]
    public async Task Put_JsonThatIsNotValid_IsRefusedWithThePlace(string json, int line, int place)
    {
        var answer = await PutAsync("9", json);

        await AssertRefusedAsync(answer, Malformed($"The body is not valid JSON of at most 8 levels: line {line}, byte {place}.", "/films/9"));
    }

    [TestCase("[]")]
    [TestCase("[{\"name\":\"Up\",\"year\":2009}]")]
    [TestCase("\"Up\"")]
    [TestCase("2009")]
    [TestCase("null")]
    [TestCase("true")]
    public async Task Put_JsonThatIsNoObject_IsRefused(string json)
    {
        var answer = await PutAsync("9", json);

        await AssertRefusedAsync(answer, Malformed("The body must be a single JSON object.", "/films/9"));
    }

    [TestCase("", "", 8)]
    [TestCase("{\"name\":", "}", 16)]
    public async Task Put_10000DeepJson_IsRefused(string before, string after, int place)
    {
        var answer = await PutAsync("9", before + new string('[', 10_000) + new string(']', 10_000) + after);

        await AssertRefusedAsync(answer, before.Length == 0
            ? Malformed("The body must be a single JSON object.", "/films/9")
            : Malformed($"The body is not valid JSON of at most 8 levels: line 1, byte {place}.", "/films/9"));
    }

    [Test]
    public async Task Put_LoneSurrogateInMemberName_IsRefused()
    {
        var answer = await PutAsync("9", """{"name":"Up","year":2009,"\ud800":1}""");

        await AssertRefusedAsync(answer, Malformed("A member's name contains a lone surrogate.", "/films/9"));
    }

    [TestCase("{\"name\":\"\xff\",\"year\":2009}")]
    [TestCase("{\"name\":\"\xc0\xaf\",\"year\":2009}")]
    [TestCase("{\"name\":\"\xed\xa0\x80\",\"year\":2009}")]
    [TestCase("\xff\xfe{\0}\0")]
    public async Task Put_JsonThatIsNotUtf8_IsRefused(string json)
    {
        var answer = await Host.SendRawJsonAsync("PUT /films/9", json);

        await AssertRefusedAsync(answer, Malformed("The body is not valid UTF-8.", "/films/9"));
    }

    [TestCase("name=\xff&year=2009", "The form is not valid UTF-8.")]
    [TestCase("name=%FF&year=2009", "The form is not valid percent-encoded UTF-8.")]
    [TestCase("name=%ED%A0%80&year=2009", "The form is not valid percent-encoded UTF-8.")]
    [TestCase("name=100%&year=2009", "The form is not valid percent-encoded UTF-8.")]
    [TestCase("%u0041=1", "The form is not valid percent-encoded UTF-8.")]
    public async Task Put_FormThatIsNotUtf8_IsRefused(string form, string detail)
    {
        var answer = await PutFormAsync(form);

        await AssertRefusedAsync(answer, Malformed(detail, "/films/9"));
    }

    [TestCase("name=a%00b&year=2009", "name", NameRule)]
    [TestCase("name=Up&year=%EF%BC%92%EF%BC%90%EF%BC%91%EF%BC%98", "year", YearRule)]
    [TestCase("name=Up&year=2009&month=0", "month", MonthRule)]
    [TestCase("name=&year=2009", "name", "Name is required.")]
    [TestCase("name&year=2009", "name", "Name is required.")]
    public async Task Put_BadValueInForm_IsRefused(string form, string name, string message)
    {
        var answer = await PutFormAsync(form);

        await AssertRefusedAsync(answer, Invalid("9", (name, message)));
    }

    [Test]
    public async Task Put_QueryThatIsNotUtf8_IsRefused()
    {
        var answer = await Host.SendRawJsonAsync("PUT /films/9?name=%FF", "{\"year\":2009}");

        await AssertRefusedAsync(answer, Malformed("The query string is not valid percent-encoded UTF-8.", "/films/9"));
    }

    [TestCase("")]
    [TestCase("multipart/form-data; boundary=b")]
    [TestCase("application/x-www-form-urlencoded")]
    [TestCase("application/json")]
    public async Task Put_NoArguments_IsRefused(string type)
    {
        var answer = await Host.SendRawAsync("PUT /films/9", "", "Content-Length: 0", $"Content-Type: {type}");

        await AssertRefusedAsync(answer, Malformed($"The request has no arguments. {Known}", "/films/9"));
    }

    [TestCase("multipart/form-data", "--b--\r\n", "The multipart form's Content-Type has no boundary.")]
    [TestCase("multipart/form-data; boundary=b", "no boundary in it", "The multipart form is truncated or invalid.")]
    [TestCase("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=name\r\n\r\nUp", "The multipart form is truncated or invalid.")]
    [TestCase("multipart/form-data; boundary=b", "--b\r\nbroken header\r\n\r\nUp\r\n--b--\r\n", "The multipart form is truncated or invalid.")]
    [TestCase("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=name\r\n\r\n\xff\r\n--b--\r\n", "The multipart form is truncated or invalid.")]
    [TestCase("multipart/form-data; boundary=b", "--b\r\nContent-Type: text/plain\r\n\r\nUp\r\n--b--\r\n", "A part of the multipart form has no name, or more than one.")]
    [TestCase("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: attachment; name=name\r\n\r\nUp\r\n--b--\r\n", "A part of the multipart form has no name, or more than one.")]
    [TestCase("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=name; name=year\r\n\r\nUp\r\n--b--\r\n", "A part of the multipart form has no name, or more than one.")]
    public async Task Put_BrokenMultipart_IsRefused(string type, string body, string detail)
    {
        var answer = await Host.SendRawAsync("PUT /films/9", body, $"Content-Type: {type}", $"Content-Length: {body.Length}");

        await AssertRefusedAsync(answer, Malformed(detail, "/films/9"));
    }

    [TestCase("Content-Type: application/json", "\"Up\"")]
    [TestCase("Content-Type: multipart/mixed; boundary=c", "--c--")]
    [TestCase("Content-Type: text/plain; charset=iso-8859-1", "Up")]
    [TestCase("Content-Transfer-Encoding: base64", "VXA=")]
    public async Task Put_PartThatIsNoPlainText_IsRefused(string field, string value)
    {
        var body = $"--b\r\nContent-Disposition: form-data; name=name\r\n{field}\r\n\r\n{value}\r\n--b\r\nContent-Disposition: form-data; name=year\r\n\r\n2009\r\n--b--\r\n";

        var answer = await Host.SendRawAsync("PUT /films/1", body, "Content-Type: multipart/form-data; boundary=b", $"Content-Length: {body.Length}");

        await AssertRefusedAsync(answer, Invalid("1", ("name", "'name' must be plain UTF-8 text without a transfer encoding.")));
    }

    [Test]
    public async Task Put_MultipartWithFile_IsRefused()
    {
        using var form = new MultipartFormDataContent { { new StringContent("Up"), "name", "up.txt" }, { new StringContent("2009"), "year" } };

        var answer = await PutAsync("9", form);

        await AssertRefusedAsync(answer, Invalid("9", ("name", "'name' is a file; send a plain field.")));
    }

    private Task<HttpAnswer> PutFormAsync(string form) => PutAsync(
        "9", new ByteArrayContent(Encoding.Latin1.GetBytes(form)) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded") } });
}
