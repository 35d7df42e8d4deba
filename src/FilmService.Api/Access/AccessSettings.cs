using FilmService.Api.Hosting.Settings;

namespace FilmService.Api.Access;

/// <summary>Who may read and write, and from where.</summary>
/// <param name="AnonymousRead">True when nobody needs to log in to read.</param>
/// <param name="AnonymousWrite">True when nobody needs to log in to write.</param>
/// <param name="HasPublishedPassword">True when a user has the password that the documentation shows.</param>
/// <param name="AllowedHosts">Names that are accepted as Host on the loopback address, besides its own.</param>
/// <param name="Origins">Origins of web pages that may use the service.</param>
public sealed record AccessSettings(
    bool AnonymousRead, bool AnonymousWrite, bool HasPublishedPassword, IReadOnlyList<string> AllowedHosts, IReadOnlyList<string> Origins)
{
    internal static AccessSettings Read(SettingsReader reader, IHostEnvironment environment, bool hasPublishedPassword)
    {
        var write = environment.IsDevelopment() ? "Anonymous" : "Scoped";
        return new AccessSettings(
            reader.OneOf("Access:Read", "Anonymous", "Anonymous", "Scoped") == "Anonymous",
            reader.OneOf("Access:Write", write, "Anonymous", "Scoped") == "Anonymous",
            hasPublishedPassword,
            reader.Text("AllowedHosts", "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            reader.List("Cors:Origins"));
    }
}
