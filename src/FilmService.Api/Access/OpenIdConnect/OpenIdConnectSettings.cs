using System.Text.Json;
using FilmService.Api.Access.Authorization;
using FilmService.Api.Access.OAuth;
using FilmService.Api.Hosting.Settings;

namespace FilmService.Api.Access.OpenIdConnect;

/// <summary>The issuer where people can log in with OpenID Connect.</summary>
/// <param name="Authority">The issuer's name, a URL; null if people cannot log in with it.</param>
/// <param name="DisplayName">What people call it.</param>
/// <param name="RequestedScopes">The scopes to request from it, which decide what claims there are.</param>
/// <param name="Claims">What its claims mean.</param>
internal sealed record OpenIdConnectSettings(
    string? Authority, string ClientId, string ClientSecret, string DisplayName, IReadOnlyList<string> RequestedScopes, PersonClaims Claims)
{
    /// <summary>Where a login begins, and where the issuer leads back to below it.</summary>
    public const string Path = "/session/oidc";

    private const string Section = "Authentication:OpenIdConnect";
    private const int NameMaxLength = 100;

    /// <summary>What decides who a person is and which scopes they get, as text. A session ends when it changes.</summary>
    public string Terms { get; } = JsonSerializer.Serialize(new object?[]
    {
        Authority, ClientId, Claims.Name, Claims.Role, Claims.Roles.OrderBy(role => role.Key, StringComparer.Ordinal).Select(role => new { role.Key, Scopes = role.Value.Order(StringComparer.Ordinal) }),
    });

    public static OpenIdConnectSettings Read(SettingsReader reader)
    {
        var authority = OAuthSettings.Address(reader, $"{Section}:Authority");
        var (clientId, secret) = (reader.Text($"{Section}:ClientId", ""), reader.Text($"{Section}:ClientSecret", ""));
        var scopes = reader.List($"{Section}:RequestedScopes");
        var settings = new OpenIdConnectSettings(
            authority, clientId, secret, ReadDisplayName(reader, authority), scopes.Length == 0 ? ["openid", "profile"] : ["openid", .. scopes.Except(["openid"])], PersonClaims.Read(reader, Section));
        settings.Check(reader);
        return settings;
    }

    private static string ReadDisplayName(SettingsReader reader, string? authority)
    {
        var name = reader.Text($"{Section}:DisplayName", Uri.TryCreate(authority, UriKind.Absolute, out var address) ? address.Host : "");
        return name.Length <= NameMaxLength && !name.Any(char.IsControl)
            ? name
            : reader.Fault($"{Section}:DisplayName", name, $"text of at most {NameMaxLength} characters, without control characters", "");
    }

    private void Check(SettingsReader reader)
    {
        if (Authority is null && (ClientId.Length > 0 || ClientSecret.Length > 0 || Claims.Roles.Count > 0))
        {
            reader.Fault($"{Section}:Authority", "", "the URL of the issuer that the other settings are for", "");
        }

        if (Authority?.Contains("/.well-known/", StringComparison.Ordinal) is true)
        {
            reader.Fault($"{Section}:Authority", Authority, "the issuer's name, which ends before /.well-known/", "");
        }

        if (Authority is not null && string.IsNullOrWhiteSpace(ClientId))
        {
            reader.Fault($"{Section}:ClientId", "", "the id under which this service is registered at the issuer", "");
        }

        if (Authority is not null && ClientSecret.Length == 0)
        {
            reader.Fault($"{Section}:ClientSecret", "", $"the secret that the issuer has given for it, here or in the file that {Section}:ClientSecret_File names", "");
        }
    }
}

/// <summary>What the claims of an ID token mean.</summary>
/// <param name="Name">The claim with the person's name.</param>
/// <param name="Role">The claim with the person's roles or groups.</param>
/// <param name="Roles">The scopes of each role; roles that are not in it give none.</param>
internal sealed record PersonClaims(string Name, string Role, IReadOnlyDictionary<string, IReadOnlyList<string>> Roles)
{
    public static PersonClaims Read(SettingsReader reader, string section)
    {
        var items = reader.Items($"{section}:Roles").Select(item => (Value: ReadValue(reader, item), Scopes: ReadScopes(reader, item))).ToList();
        if (items.GroupBy(item => item.Value).FirstOrDefault(group => group.Count() > 1)?.Key is { Length: > 0 } twice)
        {
            reader.Fault($"{section}:Roles", twice, "each value once", "");
        }

        return new PersonClaims(
            ReadClaim(reader, $"{section}:NameClaim", "preferred_username"),
            ReadClaim(reader, $"{section}:RoleClaim", "roles"),
            items.DistinctBy(item => item.Value).ToDictionary(item => item.Value, item => (IReadOnlyList<string>)item.Scopes, StringComparer.Ordinal));
    }

    private static string ReadClaim(SettingsReader reader, string name, string otherwise) =>
        reader.Text(name, otherwise) is var claim && !string.IsNullOrWhiteSpace(claim) ? claim : reader.Fault(name, claim, "the name of a claim of the ID token", otherwise);

    private static string ReadValue(SettingsReader reader, string item) =>
        reader.Text($"{item}:Value", "") is { Length: > 0 } value ? value : reader.Fault($"{item}:Value", "", "a value of the claim that Authentication:OpenIdConnect:RoleClaim names", "");

    private static string[] ReadScopes(SettingsReader reader, string item)
    {
        var scopes = reader.List($"{item}:Scopes");
        var wrong = scopes.Length == 0 ? "" : scopes.Except(Scopes.All).FirstOrDefault();
        return wrong is null ? scopes : reader.Fault<string[]>($"{item}:Scopes", wrong, string.Join(", ", Scopes.All), []);
    }
}
