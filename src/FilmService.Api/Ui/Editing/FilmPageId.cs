using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Strictness;
using FilmService.Domain.Films;

namespace FilmService.Api.Ui.Editing;

/// <summary>The film of a page.</summary>
/// <param name="Id">Its id; null if the address has none that a film can have.</param>
public sealed record FilmPageId(FilmId? Id)
{
    // ui/films/{id}
    private const int Segment = 2;

    internal static ValueTask<FilmPageId> BindAsync(HttpContext context) =>
        new(new FilmPageId(FilmId.TryParse(UrlEncoded.TryDecode(RequestPath.Segments(context)[Segment]), out var id) ? id : null));
}
