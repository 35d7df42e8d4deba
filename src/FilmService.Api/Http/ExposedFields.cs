namespace FilmService.Api.Http;

/// <summary>The header fields that a web page of a configured origin may read.</summary>
internal static class ExposedFields
{
    public static readonly string[] All = ["Allow", "ETag", "Films-Revision", "Location", "Retry-After", "WWW-Authenticate"];
}
