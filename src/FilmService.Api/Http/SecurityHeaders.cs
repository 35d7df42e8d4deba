namespace FilmService.Api.Http;

/// <summary>Header fields that allow browsers only to display a response.</summary>
internal static class SecurityHeaders
{
    /// <summary>The policy of a page with the service's own scripts, styles and forms, all of them in files of the service.</summary>
    public const string FormsPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private const string ApiPolicy = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>The policy of a page that consists of text and one style.</summary>
    public static string PagePolicy(PageStyle style) =>
        $"default-src 'none'; style-src {style.Source}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>The policy of a page with the service's own scripts, which may send requests to the service only.</summary>
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
