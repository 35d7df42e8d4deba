namespace FilmService.Api.Http;

/// <summary>Methods that the framework has no constants for.</summary>
internal static class Methods
{
    /// <summary>A safe, idempotent query with a body (RFC 10008).</summary>
    public const string Query = "QUERY";
}
