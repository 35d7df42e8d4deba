namespace FilmService.Domain.Access;

/// <summary>A person whom an external issuer has authenticated.</summary>
/// <param name="Name">The caller's name.</param>
/// <param name="Settings">The settings that decided name and scopes. The session ends with them.</param>
public sealed record ExternalPerson(string Name, IReadOnlyList<string> Scopes, string Settings);
