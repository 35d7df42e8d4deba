using FilmService.Api.Ui.Administration;
using FilmService.Domain.Access;

namespace FilmService.Api.Ui.Users;

/// <summary>The list of users.</summary>
public sealed record UsersModel(IReadOnlyList<(User User, bool IsConfigured)> Users) : AdministrationModel("Users", UiAddress.Users);
