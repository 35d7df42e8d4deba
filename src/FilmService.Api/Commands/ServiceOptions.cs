using System.CommandLine;

namespace FilmService.Api.Commands;

/// <summary>
/// The options for the service's URL and the credentials. Secrets are better in the environment: all users of a machine can see
/// command lines.
/// </summary>
internal sealed class ServiceOptions
{
    private const string Prefix = "FILMSERVICE_";

    private readonly Option<string> _url = new("--url")
    {
        Description = "URL of the service (or FILMSERVICE_URL)",
        HelpName = "url",
        DefaultValueFactory = _ => FromEnvironment("URL") ?? "http://127.0.0.1:5000",
    };

    private readonly Option<string?> _user = Secret("--user", "name", "User name for Basic authentication (or FILMSERVICE_USER)");
    private readonly Option<string?> _password = Secret("--password", "password", "The user's password (better: FILMSERVICE_PASSWORD)");
    private readonly Option<string?> _apiKey = Secret("--api-key", "key", "API key (better: FILMSERVICE_API_KEY)");
    private readonly Option<string?> _token = Secret("--token", "token", "OAuth 2.0 access token (better: FILMSERVICE_TOKEN)");

    public void AddTo(Command command)
    {
        command.Options.Add(_url);
        command.Options.Add(_user);
        command.Options.Add(_password);
        command.Options.Add(_apiKey);
        command.Options.Add(_token);
    }

    /// <summary>Creates a client from the options.</summary>
    /// <exception cref="CommandException">The options contradict each other.</exception>
    public ServiceClient Connect(ParseResult arguments)
    {
        var options = new Credentials(arguments.GetValue(_user), arguments.GetValue(_password), arguments.GetValue(_apiKey), arguments.GetValue(_token));
        var environment = new Credentials(FromEnvironment("USER"), FromEnvironment("PASSWORD"), FromEnvironment("API_KEY"), FromEnvironment("TOKEN"));
        return new ServiceClient(arguments.GetValue(_url)!, WithPassword(Credentials.Choose(options, environment)));
    }

    private static Credentials WithPassword(Credentials chosen) =>
        chosen.User is null || chosen.Password is not null ? chosen
        : Console.IsInputRedirected ? throw new CommandException("No password given. Set FILMSERVICE_PASSWORD, or run on a terminal to be asked.", ExitCode.Usage)
        : chosen with { Password = PasswordPrompt.Ask() };

    private static Option<string?> Secret(string name, string value, string description) => new(name) { Description = description, HelpName = value };

    private static string? FromEnvironment(string name) => Environment.GetEnvironmentVariable(Prefix + name) is { Length: > 0 } value ? value : null;
}
