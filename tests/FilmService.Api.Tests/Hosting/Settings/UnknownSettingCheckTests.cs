using System.Text.RegularExpressions;
using FilmService.Api.Hosting.Settings;
using FilmService.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FilmService.Api.Tests.Hosting.Settings;

/// <summary>Setting names that nothing reads.</summary>
public sealed partial class UnknownSettingCheckTests
{
    [TestCase("Film:Seed", "'Film:Seed' is unknown. Did you mean 'Films:Seed'?")]
    [TestCase("Films:Sede", "'Films:Sede' is unknown. Did you mean 'Films:Seed'?")]
    [TestCase("Film:Sede", "'Film:Sede' is unknown. Did you mean 'Films:Seed'?")]
    [TestCase("FILM:SEED", "'FILM:SEED' is unknown. Did you mean 'Films:Seed'?")]
    [TestCase("Database:Providr", "'Database:Providr' is unknown. Did you mean 'Database:Provider'?")]
    [TestCase("Change:KeepDays", "'Change:KeepDays' is unknown. Did you mean 'Changes:KeepDays'?")]
    [TestCase("ConnectionString:Films", "'ConnectionString:Films' is unknown. Did you mean 'ConnectionStrings:Films'?")]
    [TestCase("ConnectionStrings:Film", "'ConnectionStrings:Film' is unknown. Did you mean 'ConnectionStrings:Films'?")]
    [TestCase("Authentication:User:0:Name", "'Authentication:User:0:Name' is unknown. Did you mean 'Authentication:Users'?")]
    [TestCase("Authentification:Users:0:Name", "'Authentification:Users:0:Name' is unknown. Did you mean 'Authentication:Users'?")]
    [TestCase("Authentication:Users:0:Scope:0", "'Authentication:Users:0:Scope:0' is unknown. Did you mean 'Authentication:Users:0:Scopes'?")]
    [TestCase("Cors:Everything", "'Cors:Everything' is unknown. Accepted here: Cors:Origins.")]
    public void Read_MisspeltNameAnywhere_IsRefusedWithWhatWasMeant(string name, string words)
    {
        Assert.That(RefusalOf(configuration => configuration.AddInMemoryCollection([new(name, "x")])), Does.Contain($"The setting {words}"));
    }

    [TestCase("--url=http://127.0.0.1:0", "'url' is unknown. Did you mean 'urls'?")]
    [TestCase("--AllowedHost=films.example", "'AllowedHost' is unknown. Did you mean 'AllowedHosts'?")]
    [TestCase("--Films=1", "'Films' is unknown. Accepted here: ")]
    [TestCase("--Everything:Else=1", "'Everything:Else' is unknown. Accepted here: ")]
    public void Read_UnknownNameOnTheCommandLine_IsRefused(string argument, string words) =>
        Assert.That(RefusalOf(configuration => configuration.AddCommandLine([argument])), Does.Contain($"The setting {words}"));

    [Test]
    public void Read_UnknownNameInASettingsFile_IsRefused()
    {
        using var file = new MemoryStream("""{"Filmes":{"RequireLimit":1},"Logging":{"LogLevel":{"Default":"Warning"}}}"""u8.ToArray());

        Assert.That(RefusalOf(configuration => configuration.AddJsonStream(file)), Is.Null, "A stream is no file of the service's.");
        var path = Path.GetTempFileName();
        File.WriteAllText(path, """{"Filmes":{"RequireLimit":1},"Logging":{"LogLevel":{"Default":"Warning"}}}""");
        Assert.That(RefusalOf(configuration => configuration.AddJsonFile(path)), Does.StartWith("The setting 'Filmes:RequireLimit' is unknown.").And.Not.Contain("Logging"));
        File.Delete(path);
    }

    // Environment variables are shared by all programs: PATH, and sections of others such as NUGET__SOURCE.
    [TestCase("PATH", "URL", "HOST", "DATABASE", "FILMS", "NUGET:SOURCE", "ConnectionStrings:Orders", "Core:Editor", "Logging:LogLevel:Default", "Serilog:MinimumLevel", "Kestrel:Limits:MaxConcurrentConnections")]
    public void Read_NamesOfOtherPrograms_DisturbNobody(params string[] names) =>
        Assert.That(RefusalOf(configuration => configuration.AddInMemoryCollection(names.Select(name => new KeyValuePair<string, string?>(name, "x")))), Is.Null);

    [Test]
    public void Document_OfSettings_NamesAllThatAreRead()
    {
        var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection([new("Authentication:Users:0:Name", "me"), new("Authentication:Users:0:Password", "a long one")]);
        configuration.AddInMemoryCollection(new[] { ("Authority", "https://issuer.example"), ("ClientId", "films"), ("ClientSecret", "s3cret"), ("Roles:0:Value", "editors"), ("Roles:0:Scopes:0", "films:write") }
            .Select(setting => KeyValuePair.Create($"Authentication:OpenIdConnect:{setting.Item1}", (string?)setting.Item2)));
        using var settings = SettingsOf(configuration);
        settings.CheckSettings();
        var reader = settings.GetRequiredService<SettingsReader>();

        var rows = File.ReadAllLines(Repository.Path("docs/settings.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).SelectMany(NamesOf);

        Assert.That(rows.Except(["Serilog"]), Is.EquivalentTo(reader.Known.Select(name => name is "http_ports" or "https_ports" ? "urls" : name).Distinct()));
    }

    // "`A:B:Name`, `:Password`" means A:B:Name and A:B:Password; brackets contain alternative spellings.
    private static IEnumerable<string> NamesOf(string row)
    {
        var names = Quoted().Matches(Brackets().Replace(row.Split('|')[1], "")).Select(match => match.Groups[1].Value).ToList();
        return names.Select(name => name[0] == ':' ? names[0][..names[0].LastIndexOf(':')] + name : name).Select(name => ListIndex().Replace(name, ""));
    }

    private static string? RefusalOf(Action<ConfigurationManager> configure)
    {
        var configuration = new ConfigurationManager();
        configure(configuration);
        try
        {
            using var settings = SettingsOf(configuration);
            settings.CheckSettings();
            return null;
        }
        catch (InvalidConfigurationException exception)
        {
            return exception.Message;
        }
    }

    private static ServiceProvider SettingsOf(IConfiguration configuration) => new ServiceCollection()
        .AddSingleton(configuration).AddSingleton<IHostEnvironment>(new TestEnvironment()).AddServiceSettings().BuildServiceProvider();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\([^)]*\)")]
    private static partial Regex Brackets();

    [GeneratedRegex(@":\d+$")]
    private static partial Regex ListIndex();

    private sealed class TestEnvironment : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = Environments.Production;

        public string ApplicationName { get; set; } = "FilmService.Api";

        public string ContentRootPath { get; set; } = Path.GetTempPath();

        public Microsoft.Extensions.FileProviders.IFileProvider ContentRootFileProvider { get; set; } = null!;
    }
}
