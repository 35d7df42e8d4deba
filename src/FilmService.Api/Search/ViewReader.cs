using FilmService.Api.Films;

namespace FilmService.Api.Search;

/// <summary>Reads how films are shown.</summary>
internal static class ViewReader
{
    private const string List = "list";
    private static readonly string FormatRule = $"one of {string.Join(", ", FilmListFormat.All.Select(format => format.Name))}";
    private static readonly string[] Members = ["Id", "Name", "Year", "Month"];

    public static FilmListFormat ReadFormat(SearchParameters parameters, HttpRequest request)
    {
        var asked = parameters.Read(FilmListFormat.Parameter, FormatRule, text => FilmListFormat.All.FirstOrDefault(format => format.Name == text));
        var shape = parameters.Read("shape", "map or list", text => text is "map" or List ? text : null);
        var format = FilmListFormat.Of(request, asked);
        if (shape is not null && format.MediaType != FilmListFormat.JsonType)
        {
            parameters.AddFault("shape", $"'shape' applies only to JSON; {format.MediaType} has a single shape.");
        }

        return shape == List ? FilmListFormat.JsonList : format;
    }

    public static FilmMembers ReadMembers(SearchParameters parameters)
    {
        var names = parameters.Read("fields", $"any of {string.Join(", ", Members)}, each at most once", ParseMembers);
        return names is null ? FilmMembers.All : names.Where(name => name != "Id").Aggregate(FilmMembers.None, (all, name) => all | Enum.Parse<FilmMembers>(name));
    }

    private static List<string>? ParseMembers(string text)
    {
        var names = text.Split(',').Select(ParseMember).OfType<string>().Distinct().ToList();
        return names.Count == text.Split(',').Length ? names : null;
    }

    private static string? ParseMember(string text) => Members.FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
}
