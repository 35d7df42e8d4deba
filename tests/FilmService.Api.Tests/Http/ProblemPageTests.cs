using System.Diagnostics;
using System.Net;
using FilmService.Api.Http.Problems;
using FilmService.Api.Pages;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Http;

/// <summary>Every problem type is explained at its URL, and its example of a correct request works.</summary>
public sealed class ProblemPageTests
{
    private static IEnumerable<TestCaseData> Kinds => ProblemCatalog.All.Select(type => new TestCaseData(type).SetArgDisplayNames(type.Slug));

    [TestCaseSource(nameof(Kinds))]
    public async Task Get_Kind_OpensAsPageAndAsText(ProblemType type)
    {
        await using var host = await FilmServiceHost.StartAsync();
        using var client = host.CreateClient();

        var remedy = type.Remedy.Replace("http://127.0.0.1:5000", host.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);
        var page = await client.SendAsync("GET", type.Uri, null, "Accept: text/html");
        var text = await client.SendAsync("GET", type.Uri, null, "Accept: text/plain");

        Assert.That(page.ContentType, Is.EqualTo("text/html; charset=utf-8"));
        Assert.That(WebUtility.HtmlDecode(page.Body), Does.Contain($"<h1>{type.Status} {type.Title}</h1>").And.Contain(type.Explanation).And.Contain(remedy));
        Assert.That(text.ContentType, Is.EqualTo("text/plain; charset=utf-8"));
        Assert.That(text.Body, Is.EqualTo(
            $"{type.Status} {type.Title}\n\n{type.Explanation}\n\nCauses:\n{string.Concat(type.Causes.Select(cause => $"- {cause}\n"))}\nExample of a correct request:\n{remedy}\n"));
    }

    [TestCaseSource(nameof(Kinds))]
    public async Task Run_Remedy_IsNotThatProblem(ProblemType type)
    {
        await using var host = await FilmServiceHost.StartAsync();
        var remedy = type.Remedy
            .Replace("http://127.0.0.1:5000", host.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal)
            .Replace("k3f9-", $"{host.Query("SELECT epoch FROM revision")}-", StringComparison.Ordinal)
            .Replace("user:password", "admin:atCh_5K}?g", StringComparison.Ordinal);

        var answer = await RunAsync(remedy);

        Assert.That(answer, Does.StartWith("HTTP/1.1 2"), remedy);
    }

    [Test]
    public async Task Get_List_LinksEveryKind()
    {
        await using var host = await FilmServiceHost.StartAsync();

        var answer = await host.CreateClient().SendAsync("GET", "/problems");

        Assert.That(ProblemCatalog.All.Where(type => !answer.Body.Contains($"href=\"{type.Uri}\"", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task Get_Page_AllowsNothingButItsOwnStyle()
    {
        await using var host = await FilmServiceHost.StartAsync();

        var answer = await host.CreateClient().SendAsync("GET", "/problems/film-not-found");

        Assert.That(answer.Field("Content-Security-Policy"), Does.Match(
            "^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$"));
    }

    private static async Task<string> RunAsync(string command)
    {
        using var shell = System.Diagnostics.Process.Start(new ProcessStartInfo("sh", ["-c", command.Replace("curl ", "curl -sS --max-time 20 ", StringComparison.Ordinal)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = shell.StandardError.ReadToEndAsync();
        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return output.Length > 0 ? output : await errors;
    }
}
