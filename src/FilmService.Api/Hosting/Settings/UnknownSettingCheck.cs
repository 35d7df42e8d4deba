using FilmService.Api.Http.Binding;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.Json;

namespace FilmService.Api.Hosting.Settings;

/// <summary>
/// Tells misspelt setting names from unrelated ones. In the service's own sections, and at the top level of its command line and
/// files, every unknown name is reported. Environment variables are shared by all programs, so only names close to one of the
/// service's are reported.
/// </summary>
/// <param name="known">The names that the service reads.</param>
/// <param name="items">Those of them that are lists, with names below each item.</param>
internal sealed class UnknownSettingCheck(IReadOnlyList<string> known, IReadOnlyList<string> items)
{
    // For names with at least two parts: 'Film:Sede' is three letters from 'Films:Seed'.
    private const int MaxDistance = 3;

    /// <summary>Sections that the framework reads as well.</summary>
    private static readonly string[] SharedSections = ["ConnectionStrings"];

    private static readonly string[] FrameworkNames =
    [
        "ApplicationName", "CaptureStartupErrors", "ConnectionStrings", "ContentRoot", "DetailedErrors", "Environment", "ForwardedHeaders_Enabled", "HostBuilder", "HostingStartupAssemblies",
        "HostingStartupExcludeAssemblies", "Https_Port", "Kestrel", "Logging", "PreferHostingUrls", "PreventHostingStartup", "Serilog", "ShutdownTimeoutSeconds",
        "StartupAssembly", "StaticWebAssets", "SuppressStatusMessages", "WebRoot",
    ];

    private readonly string[] _sections = known.Concat(items).Where(name => name.Contains(':', StringComparison.Ordinal))
        .Select(name => name.Split(':')[0]).Except(SharedSections).Distinct().ToArray();

    /// <summary>One message for each misspelt name.</summary>
    public IEnumerable<string> FindMisspelt(IConfiguration configuration)
    {
        var strict = StrictNames(configuration);
        foreach (var path in PathsOf(configuration))
        {
            var first = path.Split(':')[0];
            var isOurs = path != first && IsOneOf(_sections, first);
            if (isOurs ? !IsKnown(path) : Nearest(path) is not null || (strict.Contains(first) && !IsKnown(path) && !IsOneOf(FrameworkNames, first)))
            {
                yield return Describe(path, first);
            }
        }
    }

    /// <summary>The names in use by which a setting of the service, or of its framework, is read from a file.</summary>
    public IEnumerable<string> FilesIn(IConfiguration configuration) => PathsOf(configuration).Where(path =>
        SettingFiles.IsFile(path) && (IsKnown(path) || (path.Split(':') is [var first, _, ..] && IsOneOf(FrameworkNames, first))));

    // Those that have a value, in order. Without query operators on pairs start-up is faster: they would have to be JIT-compiled
    // for that type.
    private static List<string> PathsOf(IConfiguration configuration)
    {
        var paths = new List<string>();
        foreach (var (path, value) in configuration.AsEnumerable())
        {
            if (value is not null)
            {
                paths.Add(path);
            }
        }

        paths.Sort(StringComparer.Ordinal);
        return paths;
    }

    private bool IsKnown(string path)
    {
        var setting = SettingFiles.SettingOf(path);
        return known.Any(name => setting.Equals(name, StringComparison.OrdinalIgnoreCase) || setting.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase));
    }

    // Compares only as many parts as the known name has: an item of a list can have any name below it.
    private string? Nearest(string path)
    {
        var parts = SettingFiles.SettingOf(path).Split(':');
        if (parts.Length == 1 || IsKnown(path))
        {
            return null;
        }

        var (nearest, least) = ((string?)null, MaxDistance + 1);
        foreach (var name in known.Concat(items))
        {
            var length = name.Split(':').Length;
            if (length > 1 && length <= parts.Length && Suggestion.Distance(string.Join(':', parts.Take(length)), name, MaxDistance) is > 0 and var distance && distance < least)
            {
                (nearest, least) = (name, distance);
            }
        }

        return nearest;
    }

    private string Describe(string path, string first)
    {
        var names = IsOneOf(_sections, first) ? known.Where(name => name.StartsWith(first + ":", StringComparison.OrdinalIgnoreCase)) : known;
        return Nearest(path) is { } nearest ? $"'{path}' is unknown. Did you mean '{nearest}'?" : Suggestion.Unknown(path, [.. names.Distinct()]);
    }

    private static HashSet<string> StrictNames(IConfiguration configuration) => configuration is IConfigurationRoot root
        ? root.Providers.Where(provider => provider is CommandLineConfigurationProvider or JsonConfigurationProvider)
            .SelectMany(provider => provider.GetChildKeys([], null)).ToHashSet(StringComparer.OrdinalIgnoreCase)
        : [];

    private static bool IsOneOf(IEnumerable<string> names, string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);
}
