using FilmService.Api.Commands;
using FilmService.Api.Tests.Access;

namespace FilmService.Api.Tests.Commands;

public sealed class LogInCommandTests : CommandTest
{
    protected override string[] Settings => [.. AccessRequests.Scoped];

    [Test]
    public async Task Import_Nobody_IsToldHowToLogIn()
    {
        Write("films.csv", "Name,Year\nUp,2009\n");

        var result = await RunAsync("import", "films.csv");

        Assert.That(result.Code, Is.EqualTo(ExitCode.NotDone));
        Assert.That(result.Error, Does.StartWith("The service answered 401: ").And.EndsWith("Log in with --user, --api-key or --token, or with their environment variables; see --help.\n"));
    }

    [TestCase("FILMSERVICE_USER=root", "FILMSERVICE_PASSWORD=correct horse")]
    [TestCase("FILMSERVICE_API_KEY={key}")]
    [TestCase("FILMSERVICE_TOKEN={key}")]
    public async Task Import_CredentialsOfTheEnvironment_LogsIn(params string[] environment)
    {
        Write("films.csv", "Name,Year\nUp,2009\n");
        var (_, key) = await Client.CreateKeyAsync("films:write");

        var result = await RunAsync("", [.. environment.Select(variable => variable.Replace("{key}", key, StringComparison.Ordinal))], "import", "films.csv");

        Assert.That(result.Output, Does.StartWith("1 created"), result.Error);
    }

    [Test]
    public async Task Export_CredentialsOfTheCommandLine_LogsIn()
    {
        Assert.That((await RunAsync("export", "films.csv", "--user", "root", "--password", "correct horse")).Code, Is.EqualTo(ExitCode.Done));
        Assert.That((await RunAsync("export", "films.csv", "--api-key", (await Client.CreateKeyAsync("films:read")).Text)).Code, Is.EqualTo(ExitCode.Done));
    }

    [Test]
    public async Task Import_CredentialsThatFail_AreNotPrinted()
    {
        Write("films.csv", "Name,Year\nUp,2009\n");

        var result = await RunAsync("import", "films.csv", "--user", "root", "--password", "battery staple");

        Assert.That(result.Code, Is.EqualTo(ExitCode.NotDone));
        Assert.That(result.Error + result.Output, Does.StartWith("The service answered 401: ").And.Not.Contain("battery").And.Not.Contain("root:"));
    }
}
