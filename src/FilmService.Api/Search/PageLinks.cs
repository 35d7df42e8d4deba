using FilmService.Api.Http.Binding;

namespace FilmService.Api.Search;

/// <summary>The links of a page (RFC 8288): the request's own address, with another cursor. Relative, so that no Host is believed.</summary>
internal static class PageLinks
{
    /// <summary>Where the list begins.</summary>
    public static string First(HttpRequest request) => Address(request, null);

    /// <summary>Where it goes on.</summary>
    public static string Next(HttpRequest request, string cursor) => Address(request, cursor);

    private static string Address(HttpRequest request, string? cursor)
    {
        var pairs = QueryParameters.AllPairsOf(request).Where(pair => !pair.Key.Equals("cursor", StringComparison.OrdinalIgnoreCase));
        var kept = pairs.Concat(cursor is null ? [] : [new("cursor", cursor)]).Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}");
        return string.Join('&', kept) is { Length: > 0 } query ? $"/films?{query}" : "/films";
    }
}
