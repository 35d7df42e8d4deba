using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Strictness;

namespace FilmService.Api.Ui.Forms;

/// <summary>What a page of the administration is about, as the address names it: <c>ui/users/{name}</c>.</summary>
/// <param name="Id">A name or an id; what is not valid percent-encoding stays as it is, and is not found.</param>
public sealed record PageTarget(string Id)
{
    private const int Segment = 2;

    internal static PageTarget Of(HttpContext context)
    {
        var text = RequestPath.Segments(context)[Segment];
        return new PageTarget(UrlEncoded.TryDecode(text) ?? text);
    }
}
