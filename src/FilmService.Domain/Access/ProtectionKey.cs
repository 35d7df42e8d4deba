namespace FilmService.Domain.Access;

/// <summary>A key that protects what the service hands to a browser and reads again, such as the state of a login elsewhere.</summary>
/// <param name="Name">A name that no other key has.</param>
/// <param name="Protected">The key, encrypted by the service.</param>
public sealed record ProtectionKey(string Name, byte[] Protected);
