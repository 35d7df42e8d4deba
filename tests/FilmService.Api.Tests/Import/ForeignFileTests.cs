using System.Text;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Import;

/// <summary>Files that only the command understands: the answer names it.</summary>
public sealed class ForeignFileTests : ServiceTest
{
    private const string Pointer = "use FilmService's command import, which understands more (docs/command-line.md).";
    private const string Tmdb = """{"page":1,"results":[{"id":1,"title":"Up","release_date":"2009-05-29"}]}""";

    [TestCase("/films", Tmdb)]
    [TestCase("/films", """{"9001":{"Name":"Up","Year":2009,"Month":null}}""")]
    [TestCase("/films", """[{"type":"movie","movie":{"title":"Up","year":2009}}]""")]
    [TestCase("/imports", Tmdb)]
    [TestCase("/imports", """{"9001":{"Name":"Up","Year":2009,"Month":null}}""")]
    public async Task Post_JsonOfAnotherProgram_PointsToTheCommand(string url, string json)
    {
        var answer = await PostAsync(url, json, "application/json");

        Assert.That((answer.Status, answer.Json["detail"]!.GetValue<string>()), Is.EqualTo((400, answer.Json["message"]!.GetValue<string>())));
        Assert.That(answer.Json["detail"]!.GetValue<string>(), Does.EndWith(Pointer));
        Assert.That((await GetAsync("/films/3")).Status, Is.EqualTo(404));
    }

    [TestCase("""{"titel":"Up","year":2009}""")]
    [TestCase("""{"name":"Up","year":2009,"genres":["Animation"]}""")]
    public async Task Post_OneFilmWithAnUnknownMember_SaysOnlyThat(string json) =>
        Assert.That((await PostAsync("/films", json, "application/json")).Body, Does.Not.Contain("another program"));

    private Task<HttpAnswer> PostAsync(string url, string body, string type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return Client.SendAsync("POST", url, content);
    }
}
