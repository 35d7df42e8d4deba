namespace FilmService.Api.Http;

/// <summary>Methods that the framework has no name for.</summary>
internal static class Methods
{
    /// <summary>Asks with a body; safe and idempotent (RFC 10008).</summary>
    public const string Query = "QUERY";
}
