using FilmService.Api.Ui.Rendering;

namespace FilmService.Api.Ui;

/// <summary>The page that logs in.</summary>
/// <param name="To">Where it leads.</param>
/// <param name="Name">The name that was typed.</param>
/// <param name="Fault">Why it was refused; null if it was not tried yet.</param>
public sealed record LogInModel(string To, string Name, string? Fault) : PageModel("Log in");
