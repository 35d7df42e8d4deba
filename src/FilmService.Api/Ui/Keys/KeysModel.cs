using FilmService.Api.Ui.Administration;
using FilmService.Domain.Access;

namespace FilmService.Api.Ui.Keys;

/// <summary>The list of API keys.</summary>
/// <param name="Now">The time, to say how long ago they were used.</param>
public sealed record KeysModel(IReadOnlyList<ApiKey> Keys, DateTimeOffset Now) : AdministrationModel("API keys", UiAddress.Keys);
