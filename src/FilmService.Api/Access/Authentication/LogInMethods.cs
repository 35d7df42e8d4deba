namespace FilmService.Api.Access.Authentication;

/// <summary>How a caller is logged in, as clients and the audit log see it.</summary>
internal static class LogInMethods
{
    public const string Basic = "basic";
    public const string Session = "session";

    /// <summary>A session of a person that an external issuer has authenticated.</summary>
    public const string OpenIdConnect = "oidc";
    public const string ApiKey = "api-key";
    public const string Token = "token";
}
