namespace FilmService.Api.Access.LogIn;

/// <summary>What a credential came to.</summary>
/// <param name="Caller">The caller; null when the credential is not right.</param>
/// <param name="Wait">How long to wait, when too many have failed.</param>
internal readonly record struct LogInResult(Caller? Caller, TimeSpan? Wait = null);
