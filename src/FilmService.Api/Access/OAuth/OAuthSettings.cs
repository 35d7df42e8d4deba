using System.Net;
using FilmService.Api.Hosting.Settings;

namespace FilmService.Api.Access.OAuth;

/// <summary>Whose access tokens are accepted.</summary>
/// <param name="Authority">The external issuer; null for the built-in one.</param>
/// <param name="Audience">The required <c>aud</c> of a token; null for the issuer's own name.</param>
/// <param name="Issuer">The built-in issuer's name; null for the first address that the service listens on.</param>
public sealed record OAuthSettings(string? Authority, string? Audience, string? Issuer)
{
    private const string Https = "an https URL without query or fragment; http is allowed only on the loopback address";

    internal static OAuthSettings Read(SettingsReader reader)
    {
        var settings = new OAuthSettings(
            Address(reader, "Authentication:OAuth:Authority"),
            reader.Text("Authentication:OAuth:Audience", "") is { Length: > 0 } audience ? audience : null,
            Address(reader, "Authentication:OAuth:Issuer"));
        if (settings is { Authority: not null, Audience: null })
        {
            reader.Fault("Authentication:OAuth:Audience", "", "the audience that the external issuer puts into tokens for this service", "");
        }

        if (settings is { Authority: not null, Issuer: not null })
        {
            reader.Fault("Authentication:OAuth:Issuer", settings.Issuer, "no value when Authentication:OAuth:Authority is set: the built-in issuer is off", "");
        }

        return settings;
    }

    /// <summary>A setting with an issuer's name; null if it is not set.</summary>
    internal static string? Address(SettingsReader reader, string name) => reader.Text(name, "") switch
    {
        "" => null,
        var text when Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Query: "", Fragment: "", UserInfo: "" } && IsPrivate(uri) => text,
        var text => reader.Fault(name, text, Https, text),
    };

    /// <summary>True if what is sent there is encrypted, or stays on this machine.</summary>
    internal static bool IsPrivate(Uri uri) => uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && IsLoopback(uri));

    private static bool IsLoopback(Uri uri) => uri.Host == "localhost" || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
