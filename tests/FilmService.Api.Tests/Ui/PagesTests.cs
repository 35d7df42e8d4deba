using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Ui;

/// <summary>What all pages have in common.</summary>
public sealed class PagesTests : UiTest
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    [Test]
    public async Task Ui_Root_LeadsToTheFilms()
    {
        var answer = await PageAsync("/ui");

        Assert.That((answer.Status, answer.Field("Location")), Is.EqualTo((303, "/ui/films")));
    }

    [Test]
    public async Task Page_Always_HasThePolicyAndIsNotKept()
    {
        var page = await PageAsync("/ui/films");

        Assert.That((page.Status, page.ContentType), Is.EqualTo((200, "text/html; charset=utf-8")));
        Assert.That(page.Field("Content-Security-Policy"), Is.EqualTo(Policy));
        Assert.That(page.Field("Referrer-Policy"), Is.EqualTo("same-origin"));
        Assert.That((page.Field("Cache-Control"), page.Field("Vary")), Is.EqualTo(("no-cache, private", "HX-Request, Accept-Encoding")));
        Assert.That(page.Body, Does.Not.Contain("<style").And.Not.Contain(" style=").And.Not.Match("<script>|\\son[a-z]+="));
    }

    [TestCase("/")]
    [TestCase("/films")]
    [TestCase("/films/1")]
    public async Task Api_AskedByABrowser_StaysJson(string address) => Assert.That((await PageAsync(address)).ContentType, Is.EqualTo("application/json"));

    [Test]
    public async Task Part_RequestedByAScript_IsNoWholePage()
    {
        var part = await PageAsync("/ui/films?q=ant", Script);

        Assert.That(part.Body, Does.Not.Contain("<html").And.Not.Contain("role=\"search\"").And.Contain("Ant Man and the Wasp"));
        Assert.That((part.Field("Vary"), part.Field("HX-Replace-Url")), Is.EqualTo(("HX-Request, Accept-Encoding", "/ui/films?q=ant")));
    }

    [Test]
    public async Task Assets_OfAPage_AreKeptForGood()
    {
        var assets = LinksOfHead((await PageAsync("/ui/films")).Body);
        Assert.That(assets, Has.Count.EqualTo(3));
        var transferred = 0;
        foreach (var address in assets)
        {
            var plain = await GetAsync(address);
            Assert.That((plain.Status, plain.Message.Headers.CacheControl!.ToString()), Is.EqualTo((200, "public, max-age=31536000, immutable")));
            Assert.That(address, Does.Contain(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(plain.Body)))[..8]));

            var packed = await Client.GetAsync(new Uri(address, UriKind.Relative), "gzip");
            transferred += packed.Length;
            Assert.That(Unpack(packed), Is.EqualTo(plain.Body));
        }

        Assert.That(transferred, Is.LessThan(40_000));
    }

    [TestCase("gzip", true)]
    [TestCase("deflate, GZIP;q=0.5, br", true)]
    [TestCase("gzip;q=0, br", false)]
    [TestCase("nonsense;;;", false)]
    [TestCase("", false)]
    public async Task Page_ForABrowserThatUnpacks_IsCompressed(string codings, bool isCompressed)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/ui/films");
        request.Headers.TryAddWithoutValidation("Accept", "text/html");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", codings);
        using var answer = await Client.SendAsync(request);
        var bytes = await answer.Content.ReadAsByteArrayAsync();

        Assert.That(answer.Content.Headers.ContentEncoding, Is.EqualTo(isCompressed ? ["gzip"] : Array.Empty<string>()));
        Assert.That(answer.Content.Headers.ContentLength, Is.EqualTo(bytes.Length));
        Assert.That(isCompressed ? Unpack(bytes) : Encoding.UTF8.GetString(bytes), Does.EndWith("</html>").Or.EndWith("</html>\n"));
    }

    [Test]
    public void Htmx_InTheProgram_IsThePublishedFile() => Assert.That(
        Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Repository.Path("src/FilmService.Api/Ui/Assets/htmx-4.0.1.min.js")))),
        Is.EqualTo("a0abb04f2f45a1f89d1d4844023245537e5e6014c87b144553e0607b4cc32130"));

    [Test]
    public void Script_OfThePages_IsShort() => Assert.That(File.ReadAllLines(Repository.Path("src/FilmService.Api/Ui/Assets/ui.js")), Has.Length.LessThan(230));

    [TestCase("/ui/nothing", 404, "There is nothing at /ui/nothing.")]
    [TestCase("/ui/films/", 404, "There is nothing at /ui/films/.")]
    [TestCase("/ui/assets/no.js", 404, "There is nothing at /ui/assets/no.js.")]
    [TestCase("/ui/changes?x=1", 400, "'x' is unknown. Accepted here: before, by.")]
    [TestCase("/ui/changes?before=other-1", 410, "Revision other-1 belongs to another catalogue")]
    public async Task Problem_OfAPage_IsAPage(string address, int status, string detail)
    {
        var page = await PageAsync(address);

        Assert.That((page.Status, page.ContentType), Is.EqualTo((status, "text/html; charset=utf-8")));
        Assert.That(TextOf(page), Does.Contain(detail));
    }

    [Test]
    public async Task Problem_ForAScript_GoesAboveThePage()
    {
        var part = await PageAsync("/ui/nothing", Script);

        Assert.That((part.Status, part.Field("HX-Retarget"), part.Field("HX-Reswap")), Is.EqualTo((404, "#notice", "innerHTML")));
        Assert.That(part.Body, Does.StartWith("<div class=\"notice bad\">").And.Contain("There is nothing at /ui/nothing."));
    }

    [Test]
    public async Task Ui_Disabled_IsGone()
    {
        await Host.RestartAsync("Ui:Enabled=false");
        Client = Host.CreateClient();

        Assert.That((await PageAsync("/ui/films")).ContentType, Is.EqualTo("application/problem+json"));
        Assert.That((await PageAsync("/ui/add")).Status, Is.EqualTo(404));
        Assert.That((await PageAsync("/problems")).Body, Does.Not.Contain("/ui"));
        Assert.That((await GetAsync("/docs/openapi.json")).Body, Does.Not.Contain("/ui"));
        Assert.That((await GetAsync("/films/1")).Status, Is.EqualTo(200));
    }

    [TestCase("/problems")]
    [TestCase("/problems/malformed-request")]
    public async Task Problems_Explained_LeadToThePages(string address) => Assert.That(LinksOf(await PageAsync(address)), Does.Contain("/ui/films"));

    [Test]
    public async Task Docs_Shown_LeadToThePages() => Assert.That((await GetAsync("/docs/openapi.json")).Body, Does.Contain("(/ui/films)"));

    [Test]
    public async Task Problems_Example_NamesTheServicesOwnAddress()
    {
        var page = await PageAsync("/problems/film-not-found");

        Assert.That(page.Body, Does.Contain(Host.Address.Authority).And.Not.Contain("127.0.0.1:5000"));
    }

    private static List<string> LinksOfHead(string html) =>
        [.. System.Text.RegularExpressions.Regex.Matches(html, "(?:href|src)=\"(/ui/assets/[^\"]*)\"").Select(match => match.Groups[1].Value)];

    private static string Unpack(byte[] packed)
    {
        using var text = new StreamReader(new GZipStream(new MemoryStream(packed), CompressionMode.Decompress));
        return text.ReadToEnd();
    }
}

internal static class PackedRequests
{
    public static async Task<byte[]> GetAsync(this HttpClient client, Uri address, string coding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.AcceptEncoding.ParseAdd(coding);
        using var answer = await client.SendAsync(request);
        Assert.That(answer.Content.Headers.ContentEncoding, Is.EqualTo([coding]));
        return await answer.Content.ReadAsByteArrayAsync();
    }
}
