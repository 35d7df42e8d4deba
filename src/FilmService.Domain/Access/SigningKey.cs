namespace FilmService.Domain.Access;

/// <summary>A key pair that signs access tokens.</summary>
/// <param name="Kid">Names the key in a token's header (RFC 7515 §4.1.4).</param>
/// <param name="PublicKey">The public half, as SubjectPublicKeyInfo.</param>
/// <param name="ProtectedPrivateKey">The private half, encrypted by the program.</param>
/// <param name="SignsFrom">From when on it signs; it is published before.</param>
public sealed record SigningKey(string Kid, byte[] PublicKey, byte[] ProtectedPrivateKey, DateTimeOffset SignsFrom);
