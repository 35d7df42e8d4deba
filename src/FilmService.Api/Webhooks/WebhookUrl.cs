using System.Net;

namespace FilmService.Api.Webhooks;

/// <summary>The rules for a webhook's URL. Host names are resolved and judged at each connect, not here.</summary>
internal static class WebhookUrl
{
    public const int MaxLength = 2000;

    public const string Rule =
        "url must be an https URL of at most 2000 visible ASCII characters, without a user name or fragment. In Development it may also be http, with the host localhost, 127.0.0.1 or [::1].";

    public const string AddressRule = "url must have a globally reachable address, or one that the setting Webhooks:AllowedNetworks includes.";

    public static bool IsUrl(string text, WebhookSettings settings) =>
        text.Length is > 0 and <= MaxLength && text.All(character => character is > ' ' and <= '~' and not '\\')
        && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Fragment: "", Port: > 0 }
        && uri.HostNameType is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6
        && !Authority(text).Contains('@', StringComparison.Ordinal)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && settings.AllowsHttp && uri.IdnHost is ("localhost" or "127.0.0.1" or "::1")));

    /// <summary>False if the host is an address that is not allowed, however it is written.</summary>
    public static bool IsAllowed(string text, WebhookSettings settings)
    {
        var uri = new Uri(text);
        return uri.HostNameType is UriHostNameType.Dns || (IPAddress.TryParse(uri.IdnHost, out var address) && settings.Allows(address));
    }

    // Uri drops an empty user name.
    private static string Authority(string text) => text.Split('/', '?').ElementAtOrDefault(2) ?? "";
}
