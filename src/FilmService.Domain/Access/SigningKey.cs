namespace FilmService.Domain.Access;

/// <param name="Kid">The key's id in a token's header (RFC 7515 §4.1.4).</param>
/// <param name="PublicKey">The public half, as SubjectPublicKeyInfo.</param>
/// <param name="ProtectedPrivateKey">The private half, encrypted by the service.</param>
/// <param name="SignsFrom">When it starts to sign; it is published earlier.</param>
public sealed record SigningKey(string Kid, byte[] PublicKey, byte[] ProtectedPrivateKey, DateTimeOffset SignsFrom);
