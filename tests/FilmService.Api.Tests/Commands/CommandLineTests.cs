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
    [TestCase("help help")]
    [TestCase("help version")]
    public async Task Help_InAnyForm_PrintsTheCommandsAndStartsNothing(string arguments)
    {
        var result = await CommandProcess.RunAsync(_folder, arguments.Split(' '));

        Assert.That(result.Code, Is.Zero, result.Error);
        Assert.That(result.Output, Does.Contain("import <file>").And.Contain("export <file>").And.Contain("hash-password").And.Contain("check <file>").And.Contain("reindex"));
        Assert.That(Directory.GetFileSystemEntries(_folder), Is.Empty);
    }

    [TestCase("--version")]
    [TestCase("-v")]
    [TestCase("version")]
    public async Task Version_InAnyForm_IsPrintedAndStartsNothing(string argument)
    {
        var result = await CommandProcess.RunAsync(_folder, argument);

        Assert.That(result, Is.EqualTo(new CommandResult(ExitCode.Done, $"FilmService {typeof(Program).Assembly.GetName().Version!.ToString(3)}{Environment.NewLine}", "")));
        Assert.That(Directory.GetFileSystemEntries(_folder), Is.Empty);
    }

    [TestCase("help import")]
    [TestCase("import --help")]
    [TestCase("import -h")]
    public async Task Help_OfACommand_PrintsItsOptions(string arguments)
    {
        var result = await CommandProcess.RunAsync(_folder, arguments.Split(' '));

        Assert.That(result.Code, Is.Zero, result.Error);
        Assert.That(result.Output, Does.Contain("--on-conflict").And.Contain("Imports the films"));
    }

    [TestCase("imprt films.csv", "'imprt' is unknown. Did you mean 'import'? Accepted here: import, export, hash-password, check, reindex, restore, renew-epoch, help, version.")]
    [TestCase("help imprt", "'imprt' is unknown. Did you mean 'import'? Accepted here: import, export, hash-password, check, reindex, restore, renew-epoch, help, version.")]
    [TestCase("help import extra", "'extra' is unknown. None are accepted here.")]
    [TestCase("--help extra", "'extra' is unknown. None are accepted here.")]
    [TestCase("version extra", "'extra' is unknown. None are accepted here.")]
    [TestCase("hlep", "'hlep' is unknown. Did you mean 'help'? Accepted here: import, export, hash-password, check, reindex, restore, renew-epoch, help, version.")]
    [TestCase("verison", "'verison' is unknown. Did you mean 'version'? Accepted here: import, export, hash-password, check, reindex, restore, renew-epoch, help, version.")]
    [TestCase("import --hlep", "'--hlep' is unknown. Did you mean '--help'? Accepted here: --format, --on-conflict, --on-error, --match, --report, --dry-run, --idempotency-key, --delimiter, --encoding, --id-column, --name-column, --year-column, --month-column, --date-column, --type-column, --ignore-column, --only, --prefer, --latest, --url, --user, --password, --api-key, --token, --help.")]
    [TestCase("import --formt csv films.csv", "'--formt' is unknown. Did you mean '--format'? Accepted here: --format, --on-conflict, --on-error, --match, --report, --dry-run, --idempotency-key, --delimiter, --encoding, --id-column, --name-column, --year-column, --month-column, --date-column, --type-column, --ignore-column, --only, --prefer, --latest, --url, --user, --password, --api-key, --token, --help.")]
    [TestCase("hash-password --hlep", "'--hlep' is unknown. Did you mean '--help'? Accepted here: --help.")]
    [TestCase("import films.csv --ulr x", "'--ulr' is unknown. Did you mean '--url'? Accepted here: --format, --on-conflict, --on-error, --match, --report, --dry-run, --idempotency-key, --delimiter, --encoding, --id-column, --name-column, --year-column, --month-column, --date-column, --type-column, --ignore-column, --only, --prefer, --latest, --url, --user, --password, --api-key, --token, --help.")]
    [TestCase("import films.csv more.csv", "'more.csv' is unknown. None are accepted here.")]
    [TestCase("import", "Required argument 'file' missing for command: 'import'.")]
    [TestCase("import films.txt", "The name films.txt does not tell the file's format: set --format.")]
    [TestCase("import films.csv --latest 2011", "--latest must be a date such as 2011-12-31, not 2011.")]
    [TestCase("import films.csv --delimiter x", "--delimiter must be a single character that is no letter, digit, space or quotation mark, such as , or ; or |, or the word tab, not x.")]
    [TestCase("import films.csv --encoding klingon", "--encoding must be the name of an encoding, such as utf-8, utf-16 or windows-1252, not klingon.")]
    [TestCase("import films.csv --url ftp://x", "--url must be a URL such as http://127.0.0.1:5000, without user, password or query.")]
    [TestCase("import films.csv --url http://me:secret@x", "--url must be a URL such as http://127.0.0.1:5000, without user, password or query.")]
    [TestCase("import films.csv --user me --token x", "Use one authentication method: a user and password, an API key or a token.")]
    [TestCase("import films.csv --user me", "No password given. Set FILMSERVICE_PASSWORD, or run on a terminal to be asked.")]
    [TestCase("export films.json", "An export can be csv or ndjson.")]
    [TestCase("export films.ndjson --excel", "--excel, --delimiter and --protect-formulas apply only to csv.")]
    [TestCase("export films.csv --delimiter x", "--delimiter must be a single character that is no letter, digit, space or quotation mark, such as , or ; or |, or the word tab, not x.")]
    [TestCase("export films.csv --where year", "--where must be name=value, such as year=2018, not year.")]
    public async Task CommandLine_ThatIsWrong_IsExplained(string arguments, string message)
    {
        var result = await CommandProcess.RunAsync(_folder, arguments.Split(' '));

        Assert.That(result, Is.EqualTo(new CommandResult(ExitCode.Usage, "", message + Environment.NewLine)));
        Assert.That(Directory.GetFileSystemEntries(_folder), Is.Empty);
    }

    [TestCase("import nothing.csv", "nothing.csv cannot be read: there is no such file.")]
    [TestCase("export nothing/films.csv --url http://127.0.0.1:1", "http://127.0.0.1:1/ cannot be reached: Connection refused (127.0.0.1:1) Is the service running?")]
    public async Task Command_ThatCannotBeDone_SaysWhy(string arguments, string message)
    {
        var result = await CommandProcess.RunAsync(_folder, arguments.Split(' '));

        Assert.That(result, Is.EqualTo(new CommandResult(ExitCode.NotDone, "", message.Replace("{folder}", _folder, StringComparison.Ordinal) + Environment.NewLine)));
    }

    [TestCase("import", ExpectedResult = true)]
    [TestCase("anything", ExpectedResult = true)]
    [TestCase("--version", ExpectedResult = true)]
    [TestCase("--help", ExpectedResult = true)]
    [TestCase("--urls", ExpectedResult = false)]
    [TestCase("/urls", ExpectedResult = false)]
    [TestCase("urls=http://127.0.0.1:5000", ExpectedResult = false)]
    public bool IsFor_FirstArgument_TellsACommandFromASetting(string argument) => CommandLine.IsFor([argument, "x"]);

    [Test]
    public void IsFor_NoArgument_IsTheService() => Assert.That(CommandLine.IsFor([]), Is.False);
}
