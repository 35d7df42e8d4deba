namespace FilmService.Api.Access.Authentication;

/// <summary>What a credential came to.</summary>
/// <param name="Caller">The caller; null when the credential is not right.</param>
/// <param name="Wait">How long to wait, when too many have failed.</param>
internal readonly record struct AuthenticationOutcome(Caller? Caller, TimeSpan? Wait = null);
