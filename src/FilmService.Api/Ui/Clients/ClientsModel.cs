using FilmService.Api.Ui.Administration;
using FilmService.Domain.Access;

namespace FilmService.Api.Ui.Clients;

/// <summary>The list of OAuth clients.</summary>
/// <param name="Now">The time, to say how long ago they were made.</param>
public sealed record ClientsModel(IReadOnlyList<OAuthClient> Clients, DateTimeOffset Now) : AdministrationModel("OAuth clients", UiAddress.Clients);
