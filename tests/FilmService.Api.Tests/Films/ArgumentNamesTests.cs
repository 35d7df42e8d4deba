using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Films;

/// <summary>Names of arguments that are given twice or unknown.</summary>
public sealed class ArgumentNamesTests : BadArgumentsTest
{
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
}
