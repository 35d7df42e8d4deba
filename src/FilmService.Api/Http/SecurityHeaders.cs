namespace FilmService.Api.Http;

/// <summary>Header fields that tell browsers to do nothing with an answer but show it.</summary>
internal static class SecurityHeaders
{
    private const string ApiPolicy = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>For a page that is text and one style.</summary>
    public static string PagePolicy(PageStyle style) =>
        $"default-src 'none'; style-src {style.Source}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>For a page with scripts of the service's own: they may ask the service, and nobody else.</summary>
    public static string AppPolicy(params string[] styles) =>
        $"default-src 'none'; script-src 'self'; style-src 'self' {string.Join(' ', styles)}; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void Add(HttpResponse response)
    {
        var headers = response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = ApiPolicy;
        headers["Referrer-Policy"] = "no-referrer";
    }
}
