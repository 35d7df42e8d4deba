using System.Net.Http.Headers;
using System.Text;

namespace FilmService.Api.Commands;

/// <summary>How a command logs in: with a user name and password, an API key or an access token.</summary>
internal sealed record Credentials(string? User, string? Password, string? ApiKey, string? Token)
{
    /// <summary>
    /// Options override the environment as a whole; only user and password may come one from the options, one from the environment.
    /// </summary>
    /// <exception cref="CommandException">More than one method was given.</exception>
    public static Credentials Choose(Credentials options, Credentials environment)
    {
        var chosen = options with { Password = null } == new Credentials(null, null, null, null) ? environment : options;
        if (new[] { chosen.User, chosen.ApiKey, chosen.Token }.Count(way => way is not null) > 1)
        {
            throw new CommandException("Use one authentication method: a user and password, an API key or a token.", ExitCode.Usage);
        }

        return options is { Password: not null } && chosen.User is null
            ? throw new CommandException("A password requires a user: set --user.", ExitCode.Usage)
            : chosen with { Password = options.Password ?? environment.Password };
    }

    /// <summary>The value of <c>Authorization</c>; null without credentials.</summary>
    public AuthenticationHeaderValue? ToHeader() =>
        User is not null ? new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}")))
        : (ApiKey ?? Token) is { } secret ? new("Bearer", secret)
        : null;
}
