using FilmService.Infrastructure;
using Microsoft.Extensions.Options;

namespace FilmService.Api.Hosting.Settings;

/// <summary>Registers settings as options that are validated at start-up.</summary>
internal static class SettingsServices
{
    /// <summary>Adds one feature's settings, which its services receive directly, without <c>IOptions</c>.</summary>
    public static IServiceCollection AddSettings<T>(this IServiceCollection services, Func<SettingsReader, T> read)
        where T : class
    {
        services.AddOptions<T>().ValidateOnStart();
        services.AddSingleton<IOptionsFactory<T>>(provider => new Factory<T>(provider.GetRequiredService<SettingsReader>(), read));
        return services.AddSingleton(provider => provider.GetRequiredService<IOptionsMonitor<T>>().CurrentValue);
    }

    /// <exception cref="InvalidConfigurationException">
    /// Settings are invalid or unknown; the message lists all of them, each with its value and the allowed ones.
    /// </exception>
    public static void CheckSettings(this IServiceProvider services)
    {
        var reader = services.GetRequiredService<SettingsReader>();
        var faults = FaultsOf(services.GetRequiredService<IStartupValidator>()).Concat(reader.FindFileFaults()).Concat(reader.FindUnknown()).ToList();
        if (faults.Count > 0)
        {
            throw new InvalidConfigurationException(string.Join(Environment.NewLine, faults));
        }
    }

    private static IEnumerable<string> FaultsOf(IStartupValidator validator)
    {
        try
        {
            validator.Validate();
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return exception.Failures;
        }
        catch (AggregateException exception)
        {
            return exception.InnerExceptions.Cast<OptionsValidationException>().SelectMany(fault => fault.Failures);
        }
    }

    private sealed class Factory<T>(SettingsReader reader, Func<SettingsReader, T> read) : IOptionsFactory<T>
        where T : class
    {
        public T Create(string name)
        {
            var settings = read(reader);
            return reader.TakeFaults() is { Length: > 0 } faults ? throw new OptionsValidationException(name, typeof(T), faults) : settings;
        }
    }
}
