using System.Globalization;
using FilmService.Domain.Search;

namespace FilmService.Api.Search;

/// <summary>Reads which part of the films is wanted.</summary>
internal static class PageReader
{
    public static FilmPage? Read(SearchParameters parameters, FilmOrder order, byte[] mark)
    {
        var limit = parameters.Read("limit", $"a whole number from 1 to {FilmPage.MaxLimit}", ParseLimit);
        var after = parameters.Read("cursor", "the one of a link to this list: a cursor belongs to the filter and sort that it came with", text => PageCursor.Read(text, order, mark));
        if (parameters.Has("cursor") && !parameters.Has("limit"))
        {
            parameters.AddFault("cursor", "'cursor' is taken with 'limit' alone: it says where a page begins.");
        }

        return limit is null ? null : new FilmPage(int.Parse(limit, CultureInfo.InvariantCulture), after);
    }

    private static string? ParseLimit(string text) =>
        text.All(char.IsAsciiDigit) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= FilmPage.MaxLimit ? text : null;
}
