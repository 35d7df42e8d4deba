using FilmService.Api.Ui.Administration;
using FilmService.Api.Ui.Editing;
using FilmService.Domain.Access;

namespace FilmService.Api.Ui.Account;

/// <summary>The page of the person who is logged in.</summary>
/// <param name="Name">The caller's name.</param>
/// <param name="Scopes">What the caller may do.</param>
/// <param name="Now">The time, to say how long ago something was.</param>
public sealed record AccountModel(string Name, IReadOnlyList<string> Scopes, DateTimeOffset Now) : AdministrationModel("My account", UiAddress.Account)
{
    /// <summary>The form that changes the password; null for somebody who has none here, or whose password is in the settings.</summary>
    public FormModel? Password { get; init; }

    public IReadOnlyList<ApiKey> Keys { get; init; } = [];

    public IReadOnlyList<Session> Sessions { get; init; } = [];

    /// <summary>The id of the session that the page is shown in; null for another login.</summary>
    public string? SessionId { get; init; }

    /// <summary>What has just been done, in a sentence; null for nothing.</summary>
    public string? Done { get; init; }

    public override bool IsOfTheService => false;
}
