using System.Net;
using FilmService.Api.Webhooks;

namespace FilmService.Api.Tests.Webhooks;

/// <summary>Which URLs can be saved.</summary>
public sealed class WebhookUrlTests : WebhookTest
{
    [TestCase("https://films.example/hook?token=a%20b")]
    [TestCase("HTTPS://FILMS.example:8443/")]
    [TestCase("https://films.example")]
    [TestCase("https://8.8.8.8/")]
    [TestCase("https://[2606:4700::1111]:443/")]
    [TestCase("https://xn--exmple-cua.org/")]
    [TestCase("https://films.example/a@b")]
    [TestCase("http://127.0.0.1:9/")]
    [TestCase("http://LOCALHOST:9/")]
    [TestCase("http://[::1]:9/")]
    [TestCase("https://127.0.0.1:9/")]
    public async Task Create_ValidUrl_IsKeptAsSent(string url)
    {
        var answer = await PostAsync("/webhooks", $$"""{"url":"{{url}}"}""");

        Assert.That((answer.Status, (string?)answer.Json["url"]), Is.EqualTo((201, url)));
    }

    [TestCase("http://films.example/")]
    [TestCase("http://8.8.8.8/")]
    [TestCase("http://127.0.0.2/")]
    [TestCase("http://localhost.films.example/")]
    [TestCase("http://127.0.0.1.nip.io/")]
    [TestCase("ftp://films.example/")]
    [TestCase("file:///etc/passwd")]
    [TestCase("//films.example/")]
    [TestCase("films.example")]
    [TestCase("https:films.example")]
    [TestCase("https:///hook")]
    [TestCase("https://")]
    [TestCase("https://user@films.example/")]
    [TestCase("https://user:password@films.example/")]
    [TestCase("https://@films.example/")]
    [TestCase("https://:@films.example/")]
    [TestCase("https://films.example@evil.example?/")]
    [TestCase("https://films.example/#")]
    [TestCase("https://films.example/#part")]
    [TestCase("https://films.example:0/")]
    [TestCase("https://films.example:65536/")]
    [TestCase("https://films.example:-1/")]
    [TestCase("https://films.example:port/")]
    [TestCase("https://films..example/")]
    [TestCase("https://films.example\\\\@evil.example/")]
    [TestCase(" https://films.example/")]
    [TestCase("https://films.example/a b")]
    [TestCase("https://films.example/\\n")]
    [TestCase("https://exämple.org/")]
    [TestCase("https://ｌocalhost/")]
    [TestCase("https://１２７.0.0.1/")]
    [TestCase("https://%31%32%37.0.0.1/")]
    public Task Create_InvalidUrl_Returns400(string url) => AssertRefusedAsync(url, WebhookUrl.Rule);

    [TestCase("https://10.0.0.1/")]
    [TestCase("https://169.254.169.254/latest/meta-data/")]
    [TestCase("https://192.168.1.1:8443/")]
    [TestCase("https://167772161/", Description = "10.0.0.1 as one number")]
    [TestCase("https://0xa.0.0.1/", Description = "10.0.0.1 in hexadecimal")]
    [TestCase("https://0x0a000001/", Description = "10.0.0.1 as one hexadecimal number")]
    [TestCase("https://012.0.0.1/", Description = "10.0.0.1 in octal")]
    [TestCase("https://01200000001/", Description = "10.0.0.1 as one octal number")]
    [TestCase("https://10.1/", Description = "10.0.0.1 in two parts")]
    [TestCase("https://0/")]
    [TestCase("https://255.255.255.255/")]
    [TestCase("https://[::]/")]
    [TestCase("https://[::ffff:10.0.0.1]/")]
    [TestCase("https://[0:0:0:0:0:FFFF:0A00:0001]/")]
    [TestCase("https://[::10.0.0.1]/")]
    [TestCase("https://[64:ff9b::a00:1]/")]
    [TestCase("https://[2002:a00:1::]/")]
    [TestCase("https://[fe80::1]/")]
    [TestCase("https://[fe80::1%25eth0]/")]
    [TestCase("https://[fd00::1]/")]
    [TestCase("https://[ff02::1]/")]
    public Task Create_WithAnAddressThatIsNotGlobal_Returns400(string url) => AssertRefusedAsync(url, WebhookUrl.AddressRule);

    [Test]
    public async Task Create_LongestUrl_IsAcceptedAndOneMoreCharacterIsNot()
    {
        var longest = "https://films.example/".PadRight(WebhookUrl.MaxLength, 'a');

        Assert.That((await PostAsync("/webhooks", $$"""{"url":"{{longest}}"}""")).Status, Is.EqualTo(201));
        await AssertRefusedAsync(longest + "a", WebhookUrl.Rule);
        await AssertRefusedAsync(longest.PadRight(900_000, 'a'), WebhookUrl.Rule);
    }

    [TestCase("""{"url":"https://films.example/","URL":"https://films.example/"}""", "url")]
    [TestCase("""{"url":"https://films.example/","secret":"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}""", "secret")]
    [TestCase("""{"url":["https://films.example/"]}""", "url")]
    [TestCase("""{"description":"a"}""", "url")]
    public async Task Create_WithAFault_Returns400ThatNamesIt(string body, string name)
    {
        var answer = await PostAsync("/webhooks", body);

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Json["errors"]!.AsObject().Select(error => error.Key), Is.EqualTo(new[] { name }));
    }

    [TestCase("http://127.0.0.1:9/", WebhookUrl.Rule)]
    [TestCase("http://localhost:9/", WebhookUrl.Rule)]
    [TestCase("https://127.0.0.1:9/", WebhookUrl.AddressRule)]
    [TestCase("https://[::1]:9/", WebhookUrl.AddressRule)]
    [TestCase("https://2130706433/", WebhookUrl.AddressRule)]
    public void Production_AllowsNoLoopback(string url, string rule)
    {
        var settings = new WebhookSettings([], AllowsHttp: false);

        Assert.That(WebhookUrl.IsUrl(url, settings) && WebhookUrl.IsAllowed(url, settings), Is.False);
        Assert.That(WebhookUrl.IsUrl(url, settings), Is.EqualTo(rule == WebhookUrl.AddressRule));
    }

    [Test]
    public void AllowedNetworks_AllowAddressesInThemOverHttps()
    {
        var settings = new WebhookSettings([IPNetwork.Parse("10.0.0.0/8")], AllowsHttp: false);

        Assert.That(WebhookUrl.IsUrl("https://10.0.0.7/", settings) && WebhookUrl.IsAllowed("https://10.0.0.7/", settings), Is.True);
        Assert.That(WebhookUrl.IsUrl("http://10.0.0.7/", settings), Is.False);
        Assert.That(WebhookUrl.IsAllowed("https://11.0.0.7/", settings), Is.True);
        Assert.That(WebhookUrl.IsAllowed("https://192.168.0.7/", settings), Is.False);
    }

    private async Task AssertRefusedAsync(string url, string rule)
    {
        var answer = await PostAsync("/webhooks", $$"""{"url":"{{url}}"}""");

        Assert.That(answer.Status, Is.EqualTo(400), answer.Body);
        Assert.That(answer.Json["errors"]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }), Is.EqualTo($$"""{"url":["{{rule}}"]}"""));
    }
}
