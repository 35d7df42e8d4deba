using FilmService.Api.Access.Authorization;
using FilmService.Api.Hosting.Settings;
using FilmService.Domain.Access;

namespace FilmService.Api.Access.Authentication;

/// <summary>A user defined in settings.</summary>
/// <param name="IsPublished">True if the password is the one published in the documentation.</param>
internal sealed record ConfiguredUser(User User, bool IsPublished)
{
    public const string PublishedPassword = "atCh_5K}?g";

    private const string PublishedName = "admin";

    public static List<ConfiguredUser> ReadAll(SettingsReader reader)
    {
        var users = reader.Items("Authentication:Users").Select(item => Read(reader, item)).ToList();
        if (users.Count == 0 && reader.Environment.IsDevelopment())
        {
            users.Add(new(new User(PublishedName, new Lazy<string>(() => UserDirectory.Hash(PublishedPassword)), ["admin"]) { SettingsPassword = new(PublishedPassword) }, true));
        }

        if (users.GroupBy(user => user.User.Name).FirstOrDefault(group => group.Count() > 1)?.Key is { } twice)
        {
            reader.Fault("Authentication:Users", twice, "each name once", "");
        }

        return users;
    }

    private static ConfiguredUser Read(SettingsReader reader, string item)
    {
        var (name, password, hash) = (reader.Text($"{item}:Name", ""), reader.Text($"{item}:Password", ""), reader.Text($"{item}:PasswordHash", ""));
        var scopes = reader.List($"{item}:Scopes");
        if (!User.IsName(name))
        {
            reader.Fault($"{item}:Name", name, User.NameRule, "");
        }

        if ((password.Length == 0) == (hash.Length == 0))
        {
            reader.Fault($"{item}:Password", "(not shown)", $"a password here or its hash in {item}:PasswordHash, not both", "");
        }

        if (password.Length > 0 && !User.IsPassword(password))
        {
            reader.Fault($"{item}:Password", "(not shown)", $"{User.PasswordMinLength} to {User.PasswordMaxLength} characters, none of them a control character", "");
        }

        if (hash.Length > 0 && !UserDirectory.IsHash(hash))
        {
            reader.Fault($"{item}:PasswordHash", "(not shown)", UserDirectory.HashRule, "");
        }

        if (scopes.Except(Scopes.All).FirstOrDefault() is { } unknown)
        {
            reader.Fault($"{item}:Scopes", unknown, string.Join(", ", Scopes.All), "");
        }

        var passwordHash = new Lazy<string>(() => hash.Length > 0 ? hash : UserDirectory.Hash(password));
        return new(new User(name, passwordHash, scopes) { SettingsPassword = new(hash.Length > 0 ? hash : password) }, password == PublishedPassword || (password.Length == 0 && IsHashOfPublished(hash)));
    }

    private static bool IsHashOfPublished(string hash) => UserDirectory.IsHash(hash) && UserDirectory.IsHashOf(hash, PublishedPassword);
}
