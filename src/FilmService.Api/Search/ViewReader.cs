using FilmService.Domain.Films;

namespace FilmService.Api.Search;

/// <summary>Reads the parameters that select what is shown.</summary>
internal static class ViewReader
{
    private const string List = "list";
    private const string Revision = "Revision";
    private static readonly string FormatRule = $"one of {string.Join(", ", FilmListFormat.All.Select(format => format.Name))}";
    private static readonly string[] Members = ["Id", Revision, .. FilmFields.All.Select(field => field.Name)];

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

    public static FilmListView ReadFields(SearchParameters parameters) =>
        parameters.Read("fields", $"any of {string.Join(", ", Members)}, each at most once", ParseMembers) is { } names
            ? new FilmListView(FilmFieldSet.Of(FilmFields.All.Where(field => names.Contains(field.Name))), names.Contains(Revision))
            : new FilmListView(FilmFieldSet.All);

    private static List<string>? ParseMembers(string text)
    {
        var names = text.Split(',').Select(ParseMember).OfType<string>().Distinct().ToList();
        return names.Count == text.Split(',').Length ? names : null;
    }

    private static string? ParseMember(string text) => Members.FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
}
