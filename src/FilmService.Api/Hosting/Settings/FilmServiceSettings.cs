using FilmService.Api.Access.Authentication;
using FilmService.Api.Access.Authorization;
using FilmService.Api.Changes;
using FilmService.Api.Import;
using FilmService.Domain.Access;
using FilmService.Domain.Films;
using FilmService.Infrastructure;

namespace FilmService.Api.Hosting.Settings;

/// <summary>Who may read and write, and from where.</summary>
/// <param name="AnonymousRead">True when nobody needs to log in to read.</param>
/// <param name="AnonymousWrite">True when nobody needs to log in to write.</param>
/// <param name="HasPublishedPassword">True when a user has the password that the documentation shows.</param>
/// <param name="AllowedHosts">Names that are accepted as Host on the loopback address, besides its own.</param>
/// <param name="Origins">Origins of web pages that may use the service.</param>
public sealed record AccessSettings(
    bool AnonymousRead, bool AnonymousWrite, bool HasPublishedPassword, IReadOnlyList<string> AllowedHosts, IReadOnlyList<string> Origins);

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
    private const string PublishedName = "admin";
    internal const string PublishedPassword = "atCh_5K}?g";

    /// <summary>Reads the settings.</summary>
    /// <exception cref="InvalidConfigurationException">A setting is wrong; the message names it, its value and what is allowed.</exception>
    public static FilmServiceSettings Read(IConfiguration configuration, IHostEnvironment environment) =>
        Read(new SettingsReader(configuration), configuration, environment);

    internal static FilmServiceSettings Read(SettingsReader reader, IConfiguration configuration, IHostEnvironment environment)
    {
        var users = ReadUsers(reader, environment);
        var settings = new FilmServiceSettings(
            ReadDatabase(reader, environment),
            new CatalogRules(reader.Flag("Films:RequireIfMatch", false), reader.OptionalWhole("Films:RequireLimitAbove", 0, long.MaxValue) ?? 100_000),
            new ChangeSettings((int?)reader.OptionalWhole("Changes:KeepDays", 1, 36_500)),
            ReadImports(reader),
            ReadAccess(reader, environment, users.Exists(user => user.IsPublished)),
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

    private static AccessSettings ReadAccess(SettingsReader reader, IHostEnvironment environment, bool hasPublishedPassword)
    {
        var write = environment.IsDevelopment() ? "Anonymous" : "Scoped";
        return new AccessSettings(
            reader.OneOf("Access:Read", "Anonymous", "Anonymous", "Scoped") == "Anonymous",
            reader.OneOf("Access:Write", write, "Anonymous", "Scoped") == "Anonymous",
            hasPublishedPassword,
            reader.Text("AllowedHosts", "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            reader.List("Cors:Origins"));
    }

    private static List<ConfiguredUser> ReadUsers(SettingsReader reader, IHostEnvironment environment)
    {
        var users = reader.Items("Authentication:Users").Select(item => ReadUser(reader, item)).ToList();
        if (users.Count == 0 && environment.IsDevelopment())
        {
            users.Add(new(new User(PublishedName, new Lazy<string>(() => UserDirectory.Hash(PublishedPassword)), ["admin"]), true));
        }

        if (users.GroupBy(user => user.User.Name).FirstOrDefault(group => group.Count() > 1)?.Key is { } twice)
        {
            reader.Fault("Authentication:Users", twice, "each name once", "");
        }

        return users;
    }

    private static ConfiguredUser ReadUser(SettingsReader reader, string item)
    {
        var (name, password, hash) = (reader.Text($"{item}:Name", ""), reader.Text($"{item}:Password", ""), reader.Text($"{item}:PasswordHash", ""));
        var scopes = reader.List($"{item}:Scopes");
        if (!User.IsName(name))
        {
            reader.Fault($"{item}:Name", name, User.NameRule, "");
        }

        if ((password.Length == 0) == (hash.Length == 0))
        {
            reader.Fault($"{item}:Password", "(not shown)", $"a password here, or its hash in {item}:PasswordHash, not both", "");
        }

        if (password.Length > 0 && !User.IsPassword(password))
        {
            reader.Fault($"{item}:Password", "(not shown)", $"{User.PasswordMinLength} to {User.PasswordMaxLength} characters, none of them a control character", "");
        }

        if (hash.Length > 0 && !UserDirectory.IsHash(hash))
        {
            reader.Fault($"{item}:PasswordHash", "(not shown)", "a hash that hash-password has made", "");
        }

        if (scopes.Except(Scopes.All).FirstOrDefault() is { } unknown)
        {
            reader.Fault($"{item}:Scopes", unknown, string.Join(", ", Scopes.All), "");
        }

        var passwordHash = new Lazy<string>(() => hash.Length > 0 ? hash : UserDirectory.Hash(password));
        return new(new User(name, passwordHash, scopes), password == PublishedPassword || (password.Length == 0 && IsPublished(hash)));
    }

    private static bool IsPublished(string hash) => UserDirectory.IsHash(hash) && UserDirectory.IsHashOf(hash, PublishedPassword);

    private sealed record ConfiguredUser(User User, bool IsPublished);
}
