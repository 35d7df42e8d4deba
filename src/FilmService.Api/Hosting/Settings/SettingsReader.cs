using System.Globalization;
using System.Net;

namespace FilmService.Api.Hosting.Settings;

/// <summary>
/// Reads settings one by one and collects the errors, so that all of them are reported at once. The framework's own binder stops
/// at the first value that it cannot convert, and names a .NET type instead of the allowed values.
/// </summary>
internal sealed class SettingsReader(IConfiguration configuration, IHostEnvironment environment)
{
    private readonly List<string> _faults = [];
    private readonly List<string> _known = [];
    private readonly List<string> _items = [];

    /// <summary>The names that have been read, which are all that the service has.</summary>
    public IReadOnlyList<string> Known => _known;

    public IHostEnvironment Environment => environment;

    /// <summary>A setting of the framework itself.</summary>
    public string? Framework(string name) => configuration[name];

    public string Text(string name, string otherwise) => Read(name) ?? otherwise;

    public bool Flag(string name, bool otherwise) =>
        Read(name) is not { } text ? otherwise : bool.TryParse(text, out var value) ? value : Fault(name, text, "true, false", otherwise);

    /// <summary>An integer; null if it is not set.</summary>
    public long? OptionalWhole(string name, long min, long max) =>
        Read(name) is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max ? value
        : Fault<long?>(name, text, $"a whole number from {min} to {max}", null);

    /// <summary>One of a few names, in any letter case; returned as spelt in <paramref name="allowed"/>.</summary>
    public string OneOf(string name, string otherwise, params string[] allowed) =>
        Read(name) is not { } text ? otherwise
        : allowed.FirstOrDefault(value => value.Equals(text, StringComparison.OrdinalIgnoreCase)) ?? Fault(name, text, string.Join(", ", allowed), otherwise);

    public string[] List(string name)
    {
        _known.Add(name);
        return ChildrenOf(name, configuration[name]).Select(child => child.Value).OfType<string>().ToArray();
    }

    /// <summary>A list of networks; a single address is a network of one.</summary>
    public IPNetwork[] Networks(string name) => [.. List(name).Select(text => Network(name, text))];

    /// <summary>The items of a list that have names below them, which may be secret.</summary>
    public string[] Items(string name)
    {
        _items.Add(name);
        return ChildrenOf(name, "(not shown)").Select(child => child.Path).ToArray();
    }

    public T Fault<T>(string name, string value, string allowed, T otherwise)
    {
        _faults.Add($"The setting {name} is '{value}'. Allowed: {allowed}.");
        return otherwise;
    }

    /// <summary>The errors in the settings read since the last call.</summary>
    public string[] TakeFaults()
    {
        var faults = _faults.ToArray();
        _faults.Clear();
        return faults;
    }

    /// <summary>
    /// Names in the configuration that nothing has read and that are probably misspelt. Call it once all settings have been read.
    /// </summary>
    public IEnumerable<string> FindUnknown() => Check.FindMisspelt(configuration).Select(fault => $"The setting {fault}");

    /// <summary>Faults of settings that name a file. Call it once all settings have been read.</summary>
    public IEnumerable<string> FindFileFaults() => configuration is IConfigurationRoot root && root.Providers.OfType<SettingFiles>().SingleOrDefault() is { } files
        ? Check.FilesIn(configuration).Select(files.FaultOf).OfType<string>()
        : [];

    private UnknownSettingCheck Check => new(_known, _items);

    // An empty array in a file has an empty value.
    private IEnumerable<IConfigurationSection> ChildrenOf(string name, string? shownValue) => string.IsNullOrEmpty(configuration[name])
        ? configuration.GetSection(name).GetChildren().Select(child => SettingFiles.SettingOf(child.Path)).Distinct().Select(configuration.GetSection)
        : Fault<IEnumerable<IConfigurationSection>>(
            name, shownValue!, $"a list, with one setting for each value: {name}:0, {name}:1 and so on, in the environment {name.Replace(":", "__", StringComparison.Ordinal)}__0", []);

    private IPNetwork Network(string name, string text)
    {
        if (IPNetwork.TryParse(text, out var network))
        {
            return network;
        }

        return IPAddress.TryParse(text, out var address)
            ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
            : Fault(name, text, "addresses such as 10.0.0.7, or networks such as 10.0.0.0/24", network);
    }

    private string? Read(string name)
    {
        _known.Add(name);
        return configuration[name];
    }
}
