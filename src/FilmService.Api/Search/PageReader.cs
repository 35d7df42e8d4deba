using System.Globalization;
using FilmService.Domain.Search;

namespace FilmService.Api.Search;

/// <summary>Reads the pagination parameters.</summary>
internal static class PageReader
{
    public static FilmPage? Read(SearchParameters parameters, FilmOrder order, byte[] mark)
    {
        var limit = parameters.Read("limit", $"a whole number from 1 to {FilmPage.MaxLimit}", ParseLimit);
        var after = parameters.Read("cursor", "taken from a link of this list: a cursor is only valid with the filters and the sort it was issued for", text => PageCursor.Read(text, order, mark));
        if (parameters.Has("cursor") && !parameters.Has("limit"))
        {
            parameters.AddFault("cursor", "'cursor' requires 'limit': it says where a page begins.");
        }

        return limit is null ? null : new FilmPage(int.Parse(limit, CultureInfo.InvariantCulture), after);
    }

    private static string? ParseLimit(string text) =>
        text.All(char.IsAsciiDigit) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= FilmPage.MaxLimit ? text : null;
}
