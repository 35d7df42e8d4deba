using FilmService.Domain.Access;

namespace FilmService.Api.Access;

/// <summary>
/// <c>FilmService.Api hash-password</c>: reads a password from the standard input and prints the hash that goes into
/// <c>Authentication:Users:0:PasswordHash</c>. It is never an argument, which other users of the machine can see.
/// </summary>
internal static class HashPasswordCommand
{
    public const string Name = "hash-password";

    /// <returns>The program's exit code.</returns>
    public static async Task<int> RunAsync(TextReader input, TextWriter output, TextWriter error)
    {
        if (!Console.IsInputRedirected)
        {
            await error.WriteAsync("Password: ");
        }

        var password = Console.IsInputRedirected ? await input.ReadLineAsync() : ReadUnseen();
        if (password is null || !User.IsPassword(password))
        {
            await error.WriteLineAsync($"A password has {User.PasswordMinLength} to {User.PasswordMaxLength} characters, none of them a control character.");
            return 1;
        }

        await output.WriteLineAsync(UserDirectory.Hash(password));
        return 0;
    }

    private static string ReadUnseen()
    {
        var password = new System.Text.StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key is not ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key is not ConsoleKey.Backspace)
            {
                password.Append(key.KeyChar);
            }
            else if (password.Length > 0)
            {
                password.Length--;
            }
        }

        Console.Error.WriteLine();
        return password.ToString();
    }
}
