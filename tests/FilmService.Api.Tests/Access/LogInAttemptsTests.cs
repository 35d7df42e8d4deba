using System.Text;
using FilmService.Api.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace FilmService.Api.Tests.Access;

/// <summary>Which callbacks of OpenID Connect reach the issuer, which of them count as failed logins, and what the log has of failures.</summary>
public sealed class LogInAttemptsTests : ServiceTest
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly string _log = Path.GetTempFileName();
    private FakeIssuer _issuer = null!;

    protected override async Task<FilmServiceHost> StartHostAsync()
    {
        _issuer = await FakeIssuer.StartAsync(_clock);
        return await FilmServiceHost.StartAsync(
            _clock, [.. OpenIdConnectTests.SettingsFor(_issuer.Name), "Serilog:MinimumLevel:Default=Warning", "Serilog:WriteTo:0:Name=File", $"Serilog:WriteTo:0:Args:path={_log}"]);
    }

    [TearDown]
    public async Task StopIssuerAsync()
    {
        await _issuer.DisposeAsync();
        File.Delete(_log);
    }

    [Test]
    public async Task Callback_ThatAnyPageCanCause_LocksNobodyOut()
    {
        var elsewhere = await BegunLogIn.BeginAsync(Client);
        for (var i = 0; i < 110; i++)
        {
            Assert.That((await BegunLogIn.ReturnAsync(Client, $"code=x&state={(i % 2 == 0 ? "x" : elsewhere.State)}", "Sec-Fetch-Site: cross-site")).Status, Is.EqualTo(400));
        }

        Assert.That((await Client.PostSessionAsync("root", "correct horse")).Status, Is.EqualTo(204));
        Assert.That((await LogInAsync()).Status, Is.EqualTo(200));
        Assert.That(_issuer.Redeemed, Has.Count.EqualTo(1));
        Assert.That(await FailedAsync(), Is.EqualTo(0));
    }

    [Test]
    public async Task Callback_ThatFailsAHundredTimes_IsRefusedBeforeTheIssuerIsAsked()
    {
        for (var i = 0; i < 100; i++)
        {
            var begun = await BegunLogIn.BeginAsync(Client);
            Assert.That((await BegunLogIn.ReturnAsync(Client, $"error=access_denied&state={Uri.EscapeDataString(begun.State)}", begun.Cookies)).Status, Is.EqualTo(403));
        }

        var answer = await LogInAsync();

        Assert.That((answer.Status, answer.Json["type"]!.GetValue<string>(), BegunLogIn.SessionOf(answer)), Is.EqualTo((429, "/problems/too-many-failed-log-ins", (string?)null)));
        Assert.That((_issuer.Redeemed.Count, await FailedAsync()), Is.EqualTo((0, 100)));
    }

    [Test]
    public async Task Callback_WhoseClientDoesNotWait_CountsAsFailed()
    {
        for (var i = 0; i < 100; i++)
        {
            await LeaveAsync(await BegunLogIn.BeginAsync(Client));
        }

        _issuer.InsteadOfTokens = null;
        Assert.That((await LogInAsync()).Status, Is.EqualTo(429));
        Assert.That(await FailedAsync(), Is.EqualTo(100));
        Assert.That(Logged(), Is.Empty);
    }

    [Test]
    public async Task Callback_WhileTheIssuerIsDown_CountsAsNoFailure()
    {
        var begun = new List<BegunLogIn>();
        for (var i = 0; i < 101; i++)
        {
            begun.Add(await BegunLogIn.BeginAsync(Client));
        }

        await _issuer.StopAsync();

        foreach (var login in begun)
        {
            Assert.That((await login.CompleteAsync(Client)).Status, Is.EqualTo(503));
        }

        Assert.That(await FailedAsync(), Is.EqualTo(0));
    }

    [Test]
    public async Task Callback_OfALogInThatHasComeBackBefore_IsRefusedWithoutTheIssuer()
    {
        var begun = await BegunLogIn.BeginAsync(Client);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => begun.CompleteAsync(Client)));
        var later = await begun.CompleteAsync(Client, "another code");

        Assert.That(answers.Select(answer => answer.Status).Order(), Is.EqualTo(Enumerable.Repeat(400, 19).Prepend(200)));
        Assert.That((later.Status, later.Json["type"]!.GetValue<string>(), _issuer.Redeemed.Count), Is.EqualTo((400, "/problems/log-in-not-completed", 1)));
    }

    [Test]
    public async Task Callback_AfterAClientThatDidNotWait_IsRefusedWithoutTheIssuer()
    {
        var begun = await BegunLogIn.BeginAsync(Client);
        await LeaveAsync(begun);

        _issuer.InsteadOfTokens = null;

        Assert.That(((await begun.CompleteAsync(Client)).Status, _issuer.Redeemed.Count), Is.EqualTo((400, 1)));
    }

    [Test]
    public async Task Callback_AfterFifteenMinutes_IsRefusedWithoutTheIssuer()
    {
        var (early, late) = (await BegunLogIn.BeginAsync(Client), await BegunLogIn.BeginAsync(Client));

        _clock.Advance(TimeSpan.FromMinutes(14));
        Assert.That((await early.CompleteAsync(Client)).Status, Is.EqualTo(200));
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.That(((await late.CompleteAsync(Client)).Status, _issuer.Redeemed.Count), Is.EqualTo((400, 1)));
    }

    [Test]
    public async Task Failure_OfTheIssuer_IsOneLineOfTheLogWithoutSecrets()
    {
        var begun = await BegunLogIn.BeginAsync(Client);
        _issuer.InsteadOfTokens = context =>
        {
            context.Response.StatusCode = 401;
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync($$"""{"error":"invalid_client","error_description":"No such secret:\nfilms-secret for {{begun.Code}}"}""", Encoding.UTF8);
        };

        Assert.That((await begun.CompleteAsync(Client)).Status, Is.EqualTo(502));

        Assert.That(Reasons(), Has.Exactly(1).Items.And.All.Contains("A login at the identity provider failed:").And.All.Contains("invalid_client").And.All.Contains("No such secret:")
            .And.All.Not.Contains("films-secret").And.All.Not.Contains(begun.Code));
    }

    [TestCase("token_endpoint", "'token_endpoint' is ''")]
    [TestCase("issuer", "The document names another issuer, ''.")]
    [TestCase("jwks_uri", "There are no keys at the document's 'jwks_uri', ''.")]
    public async Task Metadata_ThatCannotBeUsed_IsOneLineOfTheLogWithTheCause(string missing, string cause)
    {
        _issuer.Describes = document => document.Replace($"\"{missing}\"", "\"other\"", StringComparison.Ordinal);

        Assert.That((await GetAsync("/session/oidc")).Status, Is.EqualTo(503));
        Assert.That((await GetAsync("/session/oidc")).Status, Is.EqualTo(503));

        Assert.That(Reasons(), Has.Exactly(1).Items.And.All.Contains($"of the issuer {_issuer.Name};").And.All.Contains(cause));
    }

    [Test]
    public async Task Keys_ThatCannotBeRead_AreNamedByTheLog()
    {
        var metadata = $$"""{"issuer":"{{_issuer.Name}}","jwks_uri":"{{new Uri(new Uri(_issuer.Name), "/keys")}}"}""";
        _issuer.Instead = context =>
        {
            context.Response.StatusCode = context.Request.Path == "/tenant/.well-known/openid-configuration" ? 200 : 500;
            return context.Response.WriteAsync(metadata);
        };

        Assert.That((await GetAsync("/session/oidc")).Status, Is.EqualTo(503));

        Assert.That(Reasons(), Has.Exactly(1).Items.And.All.Contains("/keys'"));
    }

    private IEnumerable<string> Reasons() => Logged().Where(line => !line.Contains("] GET /session/", StringComparison.Ordinal));

    private async Task<HttpAnswer> LogInAsync() => await (await BegunLogIn.BeginAsync(Client)).CompleteAsync(Client);

    // The issuer answers only when its own client, the service, has left too.
    private async Task LeaveAsync(BegunLogIn begun)
    {
        var (asked, left) = (new TaskCompletionSource(), new TaskCompletionSource());
        _issuer.InsteadOfTokens = async context =>
        {
            context.RequestAborted.Register(left.SetResult);
            asked.SetResult();
            await left.Task;
        };
        using var client = new HttpClient { BaseAddress = Host.Address };
        using var patience = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/session/oidc/callback?code=x&state={Uri.EscapeDataString(begun.State)}");
        request.Headers.Add("Cookie", begun.Cookies[8..]);
        var answer = client.SendAsync(request, patience.Token);
        await asked.Task;
        await patience.CancelAsync();
        await left.Task;
        Assert.That(async () => await answer, Throws.InstanceOf<OperationCanceledException>());
    }

    // The sums are written when the service stops; by then every request has ended.
    private async Task<long> FailedAsync()
    {
        await Host.StopAsync();
        return (long)Host.Query("SELECT ifnull(sum(count), 0) FROM audit WHERE action = 'login.failed' AND address = '127.0.0.1' AND target IS NULL")!;
    }

    private string[] Logged()
    {
        using var file = new StreamReader(new FileStream(_log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return file.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
