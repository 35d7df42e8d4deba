using FilmService.Api.Access.Authentication;
using FilmService.Api.Hosting.Settings;

namespace FilmService.Api.Access;

/// <summary>Who may read and write, and from where.</summary>
/// <param name="AnonymousRead">True when nobody needs to log in to read.</param>
/// <param name="AnonymousWrite">True when nobody needs to log in to write.</param>
/// <param name="Users">Who can log in, besides those in the database.</param>
/// <param name="AllowedHosts">Names that are accepted as Host on the loopback address, besides its own.</param>
/// <param name="Origins">Origins of web pages that may use the service.</param>
internal sealed record AccessSettings(
    bool AnonymousRead, bool AnonymousWrite, IReadOnlyList<ConfiguredUser> Users, IReadOnlyList<string> AllowedHosts, IReadOnlyList<string> Origins)
{
    /// <summary>True when a user has the password that the documentation shows.</summary>
    public bool HasPublishedPassword => Users.Any(user => user.IsPublished);

    public static AccessSettings Read(SettingsReader reader)
    {
        var write = reader.Environment.IsDevelopment() ? "Anonymous" : "Scoped";
        return new AccessSettings(
            reader.OneOf("Access:Read", "Anonymous", "Anonymous", "Scoped") == "Anonymous",
            reader.OneOf("Access:Write", write, "Anonymous", "Scoped") == "Anonymous",
            ConfiguredUser.ReadAll(reader),
            reader.Text("AllowedHosts", "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            reader.List("Cors:Origins"));
    }
}
