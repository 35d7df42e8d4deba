using FilmService.Api.Commands;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Commands;

public sealed class CommandLineTests
{
    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("filmservice-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("--help")]
    [TestCase("help")]
    [TestCase("-h")]
    public async Task Help_InAnyForm_PrintsTheCommandsAndStartsNothing(string argument)
    {
        var result = await CommandProcess.RunAsync(_folder, argument);

        Assert.That(result.Code, Is.Zero, result.Error);
        Assert.That(result.Output, Does.Contain("import <file>").And.Contain("export <file>").And.Contain("hash-password"));
        Assert.That(Directory.GetFileSystemEntries(_folder), Is.Empty);
    }

    [TestCase("imprt films.csv", "'imprt' is unknown. Did you mean 'import'? Known here: import, export, hash-password.")]
    [TestCase("import films.csv --ulr x", "'--ulr' is unknown. Did you mean '--url'? Known here: --format, --on-conflict, --on-error, --dry-run, --latest, --idempotency-key, --url, --user, --password, --api-key, --token.")]
    [TestCase("import films.csv more.csv", "'more.csv' is unknown. Nothing is taken here.")]
    [TestCase("import", "Required argument 'file' missing for command: 'import'.")]
    [TestCase("import films.txt", "The name films.txt does not tell the format of its films: say it with --format.")]
    [TestCase("import films.csv --latest 2011", "--latest is a date such as 2011-12-31, not 2011.")]
    [TestCase("import films.csv --url ftp://x", "--url takes an address such as http://127.0.0.1:5000, without user, password or query.")]
    [TestCase("import films.csv --url http://me:secret@x", "--url takes an address such as http://127.0.0.1:5000, without user, password or query.")]
    [TestCase("import films.csv --user me --token x", "Log in one way: with a user and password, an API key or a token.")]
    [TestCase("import films.csv --user me", "The user's password is not said: set FILMSERVICE_PASSWORD.")]
    [TestCase("export films.json", "An export is csv or ndjson; import reads both back.")]
    [TestCase("export films.csv --where year", "--where takes name=value, such as year=2018, not year.")]
    public async Task CommandLine_ThatIsWrong_IsExplained(string arguments, string message)
    {
        var result = await CommandProcess.RunAsync(_folder, arguments.Split(' '));

        Assert.That(result, Is.EqualTo(new CommandResult(ExitCode.Usage, "", message + Environment.NewLine)));
        Assert.That(Directory.GetFileSystemEntries(_folder), Is.Empty);
    }

    [TestCase("import nothing.csv", "nothing.csv cannot be read: Could not find file '{folder}/nothing.csv'.")]
    [TestCase("export nothing/films.csv --url http://127.0.0.1:1", "http://127.0.0.1:1/ cannot be reached: Connection refused (127.0.0.1:1) Is the service running?")]
    public async Task Command_ThatCannotBeDone_SaysWhy(string arguments, string message)
    {
        var result = await CommandProcess.RunAsync(_folder, arguments.Split(' '));

        Assert.That(result, Is.EqualTo(new CommandResult(ExitCode.NotDone, "", message.Replace("{folder}", _folder, StringComparison.Ordinal) + Environment.NewLine)));
    }

    [TestCase("import", ExpectedResult = true)]
    [TestCase("anything", ExpectedResult = true)]
    [TestCase("--help", ExpectedResult = true)]
    [TestCase("--urls", ExpectedResult = false)]
    [TestCase("/urls", ExpectedResult = false)]
    [TestCase("urls=http://127.0.0.1:5000", ExpectedResult = false)]
    public bool IsFor_FirstArgument_TellsACommandFromASetting(string argument) => CommandLine.IsFor([argument, "x"]);

    [Test]
    public void IsFor_NoArgument_IsTheService() => Assert.That(CommandLine.IsFor([]), Is.False);
}
