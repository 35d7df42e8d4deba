using System.CommandLine;
using FilmService.Api.Access.Authentication;
using FilmService.Domain.Access;

namespace FilmService.Api.Commands;

/// <summary>
/// <c>FilmService.Api hash-password</c>: reads a password from standard input and prints the hash for
/// <c>Authentication:Users:0:PasswordHash</c>. The password is never an argument, because other users of the machine can see
/// those.
/// </summary>
internal static class HashPasswordCommand
{
    public static Command ToCommand()
    {
        var command = new Command("hash-password", "Reads a password from standard input and prints its hash for the settings");
        command.SetAction((_, _) => RunAsync(Console.In, Console.Out, Console.Error));
        return command;
    }

    /// <returns>The program's exit code.</returns>
    public static async Task<int> RunAsync(TextReader input, TextWriter output, TextWriter error)
    {
        var password = Console.IsInputRedirected ? await input.ReadLineAsync() : PasswordPrompt.Ask();
        if (password is null || !User.IsPassword(password))
        {
            await error.WriteLineAsync($"A password must have {User.PasswordMinLength} to {User.PasswordMaxLength} characters and no control characters.");
            return 1;
        }

        await output.WriteLineAsync(UserDirectory.Hash(password));
        return 0;
    }
}
