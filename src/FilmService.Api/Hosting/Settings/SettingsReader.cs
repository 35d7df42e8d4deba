using System.Globalization;

namespace FilmService.Api.Hosting.Settings;

/// <summary>
/// Reads settings one by one and collects what is wrong with them, so that all faults are reported at once. The framework's own
/// binder stops at the first value that it cannot convert, and names a type of .NET instead of what is allowed.
/// </summary>
internal sealed class SettingsReader(IConfiguration configuration, IHostEnvironment environment)
{
    private readonly List<string> _faults = [];
    private readonly List<string> _known = [];
    private readonly List<string> _items = [];

    /// <summary>The names that were asked for: all that the service knows.</summary>
    public IReadOnlyList<string> Known => _known;

    public IHostEnvironment Environment => environment;

    /// <summary>A setting of the framework's own.</summary>
    public string? Framework(string name) => configuration[name];

    public string Text(string name, string otherwise) => Read(name) ?? otherwise;

    public bool Flag(string name, bool otherwise) =>
        Read(name) is not { } text ? otherwise : bool.TryParse(text, out var value) ? value : Fault(name, text, "true, false", otherwise);

    /// <summary>A whole number; null when it is not set.</summary>
    public long? OptionalWhole(string name, long min, long max) =>
        Read(name) is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max ? value
        : Fault<long?>(name, text, $"a whole number from {min} to {max}", null);

    /// <summary>One of a few names, read in any letter case; the answer is in the case of <paramref name="allowed"/>.</summary>
    public string OneOf(string name, string otherwise, params string[] allowed) =>
        Read(name) is not { } text ? otherwise
        : allowed.FirstOrDefault(value => value.Equals(text, StringComparison.OrdinalIgnoreCase)) ?? Fault(name, text, string.Join(", ", allowed), otherwise);

    /// <summary>The values of a list, such as <c>Cors:Origins:0</c>.</summary>
    public string[] List(string name)
    {
        _known.Add(name);
        return configuration.GetSection(name).GetChildren().Select(child => child.Value).OfType<string>().ToArray();
    }

    /// <summary>The prefixes of a list's items, such as <c>Authentication:Users:0</c>.</summary>
    public string[] Items(string name)
    {
        _items.Add(name);
        return configuration.GetSection(name).GetChildren().Select(child => child.Path).ToArray();
    }

    public T Fault<T>(string name, string value, string allowed, T otherwise)
    {
        _faults.Add($"The setting {name} is '{value}'. Allowed: {allowed}.");
        return otherwise;
    }

    /// <summary>What is wrong with the settings that were read since the last call.</summary>
    public string[] TakeFaults()
    {
        var faults = _faults.ToArray();
        _faults.Clear();
        return faults;
    }

    /// <summary>The names in the configuration that nothing has asked for and that are probably misspelt; call it when all settings are read.</summary>
    public IEnumerable<string> FindUnknown() => new UnknownSettingCheck(_known, _items).FindMisspelt(configuration).Select(fault => $"The setting {fault}");

    private string? Read(string name)
    {
        _known.Add(name);
        return configuration[name];
    }
}
