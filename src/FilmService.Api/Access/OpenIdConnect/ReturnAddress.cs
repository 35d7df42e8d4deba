namespace FilmService.Api.Access.OpenIdConnect;

/// <summary>Where a login leads: a path of this service, so that no link to a login leads to another site.</summary>
internal static class ReturnAddress
{
    // The address travels to the issuer and back, encrypted, in URLs of at most 8 KB.
    private const int MaxLength = 2000;

    public const string Rule = "a path of this service that begins with a single '/', of at most 2000 visible ASCII characters and without '\\'";

    /// <summary>True if it is one. Browsers read <c>//elsewhere</c> and <c>/\elsewhere</c> as another host, and drop control characters.</summary>
    public static bool IsHere(string? address) =>
        address is ['/', ..] and not ['/', '/', ..] && address.Length <= MaxLength && !address.Contains('\\') && address.All(character => character is > ' ' and <= '~');
}
