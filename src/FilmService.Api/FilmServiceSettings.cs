using FilmService.Api.Access;
using FilmService.Api.Access.Authentication;
using FilmService.Api.Access.OAuth;
using FilmService.Api.Changes;
using FilmService.Api.Hosting.Settings;
using FilmService.Api.Import;
using FilmService.Api.RateLimiting;
using FilmService.Domain.Access;
using FilmService.Domain.Films;
using FilmService.Infrastructure;

namespace FilmService.Api;

/// <summary>All settings of the service, read and checked once, at start (contract, section 10).</summary>
/// <param name="Database">Where the films are.</param>
/// <param name="Rules">What the owner asks of changes.</param>
/// <param name="Changes">How long changes are kept.</param>
/// <param name="Imports">How large an import may be, and how many there may be.</param>
/// <param name="Access">Who may do what.</param>
/// <param name="Users">Who can log in.</param>
/// <param name="OAuth">Whose access tokens are taken.</param>
/// <param name="RateLimits">How many requests are answered.</param>
/// <param name="Proxies">Whose forwarded fields are believed.</param>
/// <param name="AutoMapperLicenceKey">The licence of AutoMapper; null for none.</param>
public sealed record FilmServiceSettings(
    DatabaseOptions Database,
    CatalogRules Rules,
    ChangeSettings Changes,
    ImportSettings Imports,
    AccessSettings Access,
    IReadOnlyList<User> Users,
    OAuthSettings OAuth,
    RateLimitSettings RateLimits,
    ProxySettings Proxies,
    string? AutoMapperLicenceKey)
{
    private const long MaxImportBytes = 1_000_000_000_000;

    /// <summary>Reads the settings.</summary>
    /// <exception cref="InvalidConfigurationException">A setting is wrong; the message names it, its value and what is allowed.</exception>
    public static FilmServiceSettings Read(IConfiguration configuration, IHostEnvironment environment) =>
        Read(new SettingsReader(configuration), configuration, environment);

    internal static FilmServiceSettings Read(SettingsReader reader, IConfiguration configuration, IHostEnvironment environment)
    {
        var users = ConfiguredUser.Read(reader, environment);
        var settings = new FilmServiceSettings(
            ReadDatabase(reader, environment),
            new CatalogRules(reader.Flag("Films:RequireIfMatch", false), reader.OptionalWhole("Films:RequireLimitAbove", 0, long.MaxValue) ?? 100_000),
            new ChangeSettings((int?)reader.OptionalWhole("Changes:KeepDays", 1, 36_500)),
            ReadImports(reader),
            AccessSettings.Read(reader, environment, users.Exists(user => user.IsPublished)),
            users.ConvertAll(user => user.User),
            OAuthSettings.Read(reader),
            RateLimitSettings.Read(reader, environment),
            ProxySettings.Read(reader, configuration),
            reader.Text("AutoMapper:LicenseKey", "") is { Length: > 0 } key ? key : null);
        ListenAddresses.Check(reader);
        reader.RefuseUnknown();
        reader.Finish();
        return settings;
    }

    private static DatabaseOptions ReadDatabase(SettingsReader reader, IHostEnvironment environment)
    {
        if (reader.OneOf("Database:Provider", "Sqlite", "Sqlite", "PostgreSql") == "PostgreSql")
        {
            reader.Fault("Database:Provider", "PostgreSql", "Sqlite; PostgreSql is not there yet", "");
        }

        return new DatabaseOptions(
            reader.Text("ConnectionStrings:Films", "Data Source=data/films.db"), environment.ContentRootPath, reader.Flag("Films:Seed", true));
    }

    private static ImportSettings ReadImports(SettingsReader reader) => new(
        reader.OptionalWhole("Imports:MaxBytes", 1, MaxImportBytes) ?? ImportSettings.DefaultMaxBytes,
        reader.OptionalWhole("Imports:MaxUnpackedBytes", 1, MaxImportBytes) ?? ImportSettings.DefaultMaxUnpackedBytes,
        (int)(reader.OptionalWhole("Imports:MaxAtOnce", 1, 10_000) ?? ImportSettings.DefaultMaxAtOnce));
}
