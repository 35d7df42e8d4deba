using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Films;

/// <summary>Bodies and query strings of PUT that cannot be read.</summary>
public sealed class MalformedBodiesTests : BadArgumentsTest
{
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
}
