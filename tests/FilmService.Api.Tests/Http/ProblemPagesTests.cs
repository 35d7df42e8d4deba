using System.Net;
using FilmService.Api.Pages;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Http;

public sealed class ProblemPagesTests : ServiceTest
{
    [Test]
    public async Task Get_EveryType_IsExplainedAsPageAndAsText()
    {
        foreach (var type in ProblemCatalog.All)
        {
            var (page, text) = (await GetAsync(type.Uri), await GetAsync(type.Uri, "Accept: text/plain"));

            Assert.That((page.Status, page.ContentType, page.Field("Vary")), Is.EqualTo((200, "text/html; charset=utf-8", "Accept")));
            Assert.That((text.Status, text.ContentType, text.Field("Vary")), Is.EqualTo((200, "text/plain; charset=utf-8", "Accept")));
            Assert.That(text.Body, Does.StartWith($"{type.Status} {type.Title}\n\n").And.Contain("curl ").And.Contain("Causes:"));
            foreach (var line in type.Causes.Append(type.Explanation).Append(type.Remedy))
            {
                Assert.That(WebUtility.HtmlDecode(page.Body), Does.Contain(line.Replace("http://127.0.0.1:5000", $"http://{Host.Address.Authority}", StringComparison.Ordinal)));
                Assert.That(text.Body, Does.Contain(line.Replace("http://127.0.0.1:5000", $"http://{Host.Address.Authority}", StringComparison.Ordinal)));
            }
        }
    }

    [Test]
    public async Task List_Types_NamesEachWithItsPage()
    {
        var (page, text) = (await GetAsync("/problems"), await GetAsync("/problems", "Accept: text/plain"));

        Assert.That(ProblemCatalog.All.Select(type => $"<a href=\"{type.Uri}\">{WebUtility.HtmlEncode(type.Title)}</a>"), Has.All.Matches<string>(page.Body.Contains));
        Assert.That(text.Body, Is.EqualTo(string.Concat(ProblemCatalog.All.Select(type => $"{type.Status} {type.Title}: {type.Uri}\n"))));
    }

    [TestCase("text/html;q=0.5, text/plain", "text/plain; charset=utf-8")]
    [TestCase("text/*", "text/html; charset=utf-8")]
    [TestCase("*/*", "text/html; charset=utf-8")]
    public async Task Get_Type_IsChosenByAccept(string accept, string type) =>
        Assert.That((await GetAsync("/problems/validation", $"Accept: {accept}")).ContentType, Is.EqualTo(type));

    [Test]
    public async Task Get_UnknownType_Returns404()
    {
        var answer = await GetAsync("/problems/nothing");

        AssertProblem(answer, Problem("not-found", "Not found", 404, "There is no problem type 'nothing'.", "/problems/nothing"));
    }

    [Test]
    public async Task Get_TypeThatTheOffersDoNotInclude_Returns406() =>
        Assert.That((await GetAsync("/problems/validation", "Accept: application/json")).Status, Is.EqualTo(406));
}
