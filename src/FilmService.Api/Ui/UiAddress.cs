using FilmService.Domain.Films;

namespace FilmService.Api.Ui;

/// <summary>Addresses of pages.</summary>
public static class UiAddress
{
    public const string Films = "/ui/films";

    public const string Changes = "/ui/changes";

    public const string Add = "/ui/add";

    public const string Import = "/ui/import";

    public static string Film(FilmId id) => $"{Films}/{Uri.EscapeDataString(id.Value)}";
}
