using FilmService.Api.Access.Authentication;
using FilmService.Api.Hosting.Settings;

namespace FilmService.Api.Access;

/// <summary>Who may read and write, and from which hosts and web pages.</summary>
/// <param name="AnonymousRead">True if reading needs no login.</param>
/// <param name="AnonymousWrite">True if writing needs no login.</param>
/// <param name="Users">Users who can log in besides those in the database.</param>
/// <param name="AllowedHosts">Names accepted in Host on the loopback address, besides the loopback names themselves.</param>
/// <param name="Origins">Origins whose web pages may use the service, as browsers write them.</param>
internal sealed record AccessSettings(
    bool AnonymousRead, bool AnonymousWrite, IReadOnlyList<ConfiguredUser> Users, IReadOnlyList<string> AllowedHosts, IReadOnlyList<string> Origins)
{
    /// <summary>True if a user has the password that is published in the documentation.</summary>
    public bool HasPublishedPassword => Users.Any(user => user.IsPublished);

    public static AccessSettings Read(SettingsReader reader)
    {
        var write = reader.Environment.IsDevelopment() ? "Anonymous" : "Scoped";
        return new AccessSettings(
            reader.OneOf("Access:Read", "Anonymous", "Anonymous", "Scoped") == "Anonymous",
            reader.OneOf("Access:Write", write, "Anonymous", "Scoped") == "Anonymous",
            ConfiguredUser.ReadAll(reader),
            reader.Text("AllowedHosts", "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            WebOrigin.ReadAll(reader));
    }
}
