using FilmService.Infrastructure;
using Microsoft.Extensions.Options;

namespace FilmService.Api.Hosting.Settings;

/// <summary>Registers settings as options that are checked when the service starts.</summary>
internal static class SettingsServices
{
    /// <summary>Adds one feature's settings, which its services take as they are.</summary>
    public static IServiceCollection AddSettings<T>(this IServiceCollection services, Func<SettingsReader, T> read)
        where T : class
    {
        services.AddOptions<T>().ValidateOnStart();
        services.AddSingleton<IOptionsFactory<T>>(provider => new Factory<T>(provider.GetRequiredService<SettingsReader>(), read));
        return services.AddSingleton(provider => provider.GetRequiredService<IOptionsMonitor<T>>().CurrentValue);
    }

    /// <summary>Reads all settings.</summary>
    /// <exception cref="InvalidConfigurationException">Some are wrong or unknown: all of them, each with its value and what is allowed.</exception>
    public static void CheckSettings(this IServiceProvider services)
    {
        var faults = FaultsOf(services.GetRequiredService<IStartupValidator>()).Concat(services.GetRequiredService<SettingsReader>().FindUnknown()).ToList();
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
