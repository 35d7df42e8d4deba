namespace FilmService.Api.Access.Authentication;

/// <summary>The result of checking a credential.</summary>
/// <param name="Caller">The caller; null if the credential is wrong or was not checked.</param>
/// <param name="Wait">How long to wait before the next attempt; null unless too many attempts have failed.</param>
internal readonly record struct AuthenticationOutcome(Caller? Caller, TimeSpan? Wait = null)
{
    /// <summary>True if the credential was checked now, not remembered from an earlier request.</summary>
    public bool IsNew { get; init; }
}
