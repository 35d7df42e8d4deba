namespace FilmService.Api.Access;

/// <summary>Asks the person at the terminal for a password, without showing it.</summary>
internal static class PasswordPrompt
{
    /// <summary>What was typed, up to the Enter key.</summary>
    public static string Ask()
    {
        Console.Error.Write("Password: ");
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
