using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Hello;

public sealed class HelloTests : ServiceTest
{
    private const string Password = "atCh_5K}?g";

    [TestCase("*/*")]
    [TestCase("application/json")]
    [TestCase("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8")]
    public async Task Promise10_TheOriginalsAnswers_StayTheSame_AtTheRoot(string accept)
    {
        var answer = await GetAsync("/", $"Accept: {accept}");

        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(answer.ContentType, Is.EqualTo("application/json"));
        Assert.That(answer.Body, Is.EqualTo("{\n    \"hello\": \"world\"\n}\n"));
    }

    [Test]
    public async Task Promise10_TheOriginalsAnswers_StayTheSame_WithALogIn()
    {
        var answer = await GetAsync("/hello_world", Basic("admin", Password));

        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(answer.ContentType, Is.EqualTo("application/json"));
        Assert.That(answer.Body, Is.EqualTo("""{"Hello":"World"}"""));
        Assert.That(answer.Field("Cache-Control"), Is.EqualTo("no-store"));
    }

    [TestCase("basic")]
    [TestCase("BASIC")]
    public async Task GetWorld_SchemeInAnyLetterCase_Greets(string scheme)
    {
        var answer = await GetAsync("/hello_world", Basic("admin", Password).Replace("Basic", scheme, StringComparison.Ordinal));

        Assert.That(answer.Status, Is.EqualTo(200));
    }

    [Test]
    public async Task GetWorld_NoCredentials_AsksForALogIn()
    {
        var answer = await GetAsync("/hello_world");

        AssertProblem(answer, Problem("not-logged-in", "Login required", 401, "This request requires a login.", "/hello_world"));
        Assert.That(answer.Field("WWW-Authenticate"), Is.EqualTo("Basic realm=\"FilmService\", charset=\"UTF-8\", Bearer realm=\"FilmService\""));
    }

    [Test]
    public async Task HeadWorld_RightPassword_AnswersAsGetWithoutBody()
    {
        var answer = await Client.SendAsync("HEAD", "/hello_world", null, Basic("admin", Password));

        Assert.That((answer.Status, answer.Body), Is.EqualTo((200, "")));
        Assert.That(answer.Message.Content.Headers.ContentLength, Is.EqualTo(17));
    }
}
