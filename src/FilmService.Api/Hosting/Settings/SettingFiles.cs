namespace FilmService.Api.Hosting.Settings;

/// <summary>
/// Reads settings from files: <c>X_File</c> names the file that contains the value of <c>X</c>, so that a secret is neither in the
/// environment nor on the command line, where others can see it. A file is read when its setting is, so other programs' variables, such as
/// <c>SSL_CERT_FILE</c>, have no effect.
/// </summary>
/// <param name="configuration">All settings, to which this is added last.</param>
/// <param name="baseFolder">The folder that a relative path starts from.</param>
internal sealed class SettingFiles(IConfigurationRoot configuration, string baseFolder) : ConfigurationProvider, IConfigurationSource
{
    private const string Suffix = "_File";

    private readonly Dictionary<string, SettingFile> _read = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name of the setting whose value, or whose file, a name stands for.</summary>
    public static string SettingOf(string name) => IsFile(name) ? name[..^Suffix.Length] : name;

    public static bool IsFile(string name) => name.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase);

    /// <summary>True if a file is named for a setting, whether it can be read or not.</summary>
    public static bool IsNamed(IConfiguration configuration, string setting) => configuration[setting + Suffix] is not null;

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public override bool TryGet(string key, out string? value)
    {
        value = IsFile(key) ? null : Read(key)?.Text;
        return value is not null;
    }

    // The host sets values in every provider.
    public override void Set(string key, string? value)
    {
    }

    /// <summary>What is wrong with a setting that names a file; null if nothing is.</summary>
    /// <param name="name">Such as <c>Authentication:Users:0:Password_File</c>.</param>
    public string? FaultOf(string name)
    {
        var setting = SettingOf(name);
        return IsGiven(setting) ? $"The settings {name} and {setting} are both given. Allowed: one of them."
            : Read(setting)?.Fault is { } fault ? $"The setting {name} is '{configuration[name]}'. {fault} Allowed: {SettingFile.Rule}."
            : null;
    }

    private bool IsGiven(string setting) => configuration.Providers.Any(provider => provider != this && provider.TryGet(setting, out var value) && value is not null);

    private SettingFile? Read(string setting)
    {
        if (configuration[setting + Suffix] is not { } path)
        {
            return null;
        }

        if (!_read.TryGetValue(setting, out var file))
        {
            _read[setting] = file = SettingFile.Read(path.Length == 0 ? "" : Path.Combine(baseFolder, path));
        }

        return file;
    }
}
