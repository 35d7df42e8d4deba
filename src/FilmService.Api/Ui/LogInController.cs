using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Strictness;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Ui;

/// <summary>
/// Logs in with the browser's own dialog, which the challenge of a 401 opens (RFC 7617), and leads back. The browser sends the
/// credentials with its further requests.
/// </summary>
public sealed class LogInController : UiController
{
    [HttpGet("ui/log-in"), HttpHead("ui/log-in")]
    [Query("to")]
    [Representations("text/html")]
    public ActionResult LogIn() => LeadTo(HttpContext.Query("to").Text is { } to && IsPage(to) ? to : UiAddress.Films);

    // Only to pages here: an address such as //elsewhere.example would lead to another site.
    private static bool IsPage(string address) =>
        address.StartsWith(UiSettings.Root + "/", StringComparison.Ordinal) && !address.Contains('\\') && !address.Any(char.IsControl) && address.All(char.IsAscii);
}
