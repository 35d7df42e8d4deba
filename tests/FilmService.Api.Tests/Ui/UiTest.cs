using System.Net;
using System.Text.RegularExpressions;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Ui;

/// <summary>Requests for pages, as a browser without script sends them.</summary>
public abstract partial class UiTest : ServiceTest
{
    protected const string Html = "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    /// <summary>What a script sends to get a part of a page.</summary>
    protected const string Script = "HX-Request: true";

    protected Task<HttpAnswer> PageAsync(string address, params string[] fields) => GetAsync(address, [Html, .. fields]);

    /// <summary>Sends a form, with the origin that a browser adds.</summary>
    protected Task<HttpAnswer> SendAsync(string address, IEnumerable<KeyValuePair<string, string>> form, params string[] fields) =>
        Client.SendAsync("POST", address, new FormUrlEncodedContent(form), [Html, $"Origin: {Host.Address.GetLeftPart(UriPartial.Authority)}", .. fields]);

    /// <summary>The page's text as a person reads it, without tags.</summary>
    protected static string TextOf(HttpAnswer page) => Space().Replace(WebUtility.HtmlDecode(Tag().Replace(page.Body[page.Body.IndexOf("<main", StringComparison.Ordinal)..page.Body.IndexOf("</main>", StringComparison.Ordinal)], " ")), " ").Trim();

    /// <summary>The hidden fields of the form that is sent to an address.</summary>
    protected static Dictionary<string, string> HiddenOf(HttpAnswer page, string action)
    {
        var form = Regex.Match(page.Body, $"<form[^>]*action=\"{Regex.Escape(action)}\".*?</form>", RegexOptions.Singleline).Value;
        Assert.That(form, Is.Not.Empty, $"There is no form for {action}: {page.Body}");
        return Hidden().Matches(form).ToDictionary(field => field.Groups[1].Value, field => WebUtility.HtmlDecode(field.Groups[2].Value));
    }

    /// <summary>Where the links of a page lead.</summary>
    protected static IReadOnlyList<string> LinksOf(HttpAnswer page) => [.. Link().Matches(page.Body).Select(link => WebUtility.HtmlDecode(link.Groups[1].Value))];

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();

    [GeneratedRegex("\\s+")]
    private static partial Regex Space();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();

    [GeneratedRegex("<a [^>]*?href=\"([^\"]*)\"")]
    private static partial Regex Link();
}
