using System.Buffers;
using FilmService.Api.Hosting.Settings;

namespace FilmService.Api.Access;

/// <summary>
/// The setting <c>Cors:Origins</c>. Origins are compared character by character, so each is written as a browser writes it in
/// <c>Origin</c> (RFC 6454 §6.2), and one that no browser sends is refused.
/// </summary>
internal static class WebOrigin
{
    private const string Setting = "Cors:Origins";
    private const string Allowed = $"for each origin one setting {Setting}:0, {Setting}:1 and so on, with scheme, host and port if it is not the default, such as https://films.example; no path, no list, and neither '*' nor 'null'";

    private static readonly SearchValues<char> Foreign = SearchValues.Create("*,;?#@\\ \t");

    public static string[] ReadAll(SettingsReader reader) => reader.List(Setting)
        .Select(text => text.Trim()).Where(text => text.Length > 0)
        .Select(text => Parse(text) ?? reader.Fault(Setting, text, Allowed, text))
        .Distinct().ToArray();

    /// <summary>The origin as a browser writes it; null if it is not one.</summary>
    public static string? Parse(string text) =>
        !text.AsSpan().ContainsAny(Foreign) && text.Contains("://", StringComparison.Ordinal)
        && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { AbsolutePath: "/" or "", IdnHost.Length: > 0, Scheme: not ("ws" or "wss" or "ftp" or "file") }
            // UriBuilder puts an IPv6 address into brackets, which IdnHost lacks.
            ? new UriBuilder(uri.Scheme, uri.IdnHost, uri.IsDefaultPort ? -1 : uri.Port).Uri.GetLeftPart(UriPartial.Authority)
            : null;
}
