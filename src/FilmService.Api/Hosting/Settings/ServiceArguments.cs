using FilmService.Api.Http.Binding;
using FilmService.Infrastructure;

namespace FilmService.Api.Hosting.Settings;

/// <summary>Refuses what the framework's command line would ignore: a setting without a value, and a word that belongs to none.</summary>
internal static class ServiceArguments
{
    /// <param name="arguments">Settings, written <c>--name value</c>, <c>--name=value</c>, <c>/name=value</c> or <c>name=value</c>.</param>
    /// <param name="options">Options that are no settings.</param>
    /// <exception cref="InvalidConfigurationException">An argument would be ignored.</exception>
    public static void Check(string[] arguments, IReadOnlyList<string> options)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            var argument = arguments[i];
            if (Suggestion.Nearest(argument, options) is { } option)
            {
                throw new InvalidConfigurationException(argument == option ? $"'{argument}' must be the only argument." : $"'{argument}' is unknown. Did you mean '{option}'?");
            }

            if (!argument.Contains('=', StringComparison.Ordinal))
            {
                i = argument is ['-', '-', _, ..] or ['/', _, ..] ? i + 1 : throw Unknown(argument);
                _ = i < arguments.Length ? 0 : throw new InvalidConfigurationException($"The setting {argument} has no value.");
            }
            else if (argument is ['-', not '-', ..])
            {
                throw Unknown(argument);
            }
        }
    }

    private static InvalidConfigurationException Unknown(string argument) =>
        new($"'{argument}' is unknown. A setting is written --name=value or --name value; a command, such as import, is the first argument.");
}
