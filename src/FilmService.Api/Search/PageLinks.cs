using FilmService.Api.Http.Binding;

namespace FilmService.Api.Search;

/// <summary>
/// The links of a page (RFC 8288): the request's own URL with another cursor. They are relative, so that no Host has to be
/// trusted.
/// </summary>
internal static class PageLinks
{
    /// <summary>The link to the first page.</summary>
    public static string First(HttpRequest request) => Address(request, null);

    /// <summary>The link to the next page.</summary>
    public static string Next(HttpRequest request, string cursor) => Address(request, cursor);

    private static string Address(HttpRequest request, string? cursor)
    {
        var pairs = QueryParameters.AllPairsOf(request).Where(pair => !pair.Key.Equals("cursor", StringComparison.OrdinalIgnoreCase));
        var kept = pairs.Concat(cursor is null ? [] : [new("cursor", cursor)]).Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}");
        return string.Join('&', kept) is { Length: > 0 } query ? $"/films?{query}" : "/films";
    }
}
