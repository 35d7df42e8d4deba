using FilmService.Api.Http.Problems;
using FilmService.Api.Http.Results;
using FilmService.Api.Http.Strictness;
using FilmService.Domain.Films;

namespace FilmService.Api.Search;

/// <param name="Name">Its name as a value of the parameter <see cref="Parameter"/>.</param>
/// <param name="MediaType">Its media type for content negotiation.</param>
/// <param name="ContentType">Its media type in the response.</param>
/// <param name="Version">
/// Must change whenever the format changes, so that clients do not keep a cached response in the old format.
/// </param>
/// <param name="FileName">The name of the file to save it as; null if it is to be displayed.</param>
/// <param name="Open">Creates its writer.</param>
public sealed record FilmListFormat(
    string Name, string MediaType, string ContentType, string Version, string? FileName, Func<Utf8Buffer, FilmListView, FilmListWriter> Open)
{
    /// <summary>The parameter that selects a format by name.</summary>
    public const string Parameter = "format";

    public const string JsonType = "application/json";

    public const string LinesType = "application/x-ndjson";

    public const string TableType = "text/csv";

    // An added field changes all formats; initially there were three fields.
    private static readonly int Fields = FilmFields.All.Length - 2;

    /// <summary>All formats, the default first.</summary>
    public static readonly IReadOnlyList<FilmListFormat> All =
    [
        new("json", JsonType, JsonType, "map" + Fields, null, (to, view) => new KeyedJsonWriter(to, view)),
        new("ndjson", LinesType, LinesType, "ndjson" + Fields, "films.ndjson", (to, view) => new NdjsonWriter(to, view)),
        new("csv", TableType, TableType + "; charset=utf-8", "csv" + Fields, "films.csv", (to, view) => new CsvWriter(to, view)),
    ];

    /// <summary>JSON with the films as a list.</summary>
    public static readonly FilmListFormat JsonList = new("json", JsonType, JsonType, "list" + Fields, null, (to, view) => new JsonArrayWriter(to, view));

    private static readonly string[] Offers = [.. All.Select(format => format.MediaType)];

    /// <summary>The requested format, by name or else by the Accept field.</summary>
    /// <exception cref="ProblemException">406: the Accept field allows none.</exception>
    public static FilmListFormat Of(HttpRequest request, FilmListFormat? asked)
    {
        var type = Negotiation.Choose(request, asked is null ? Offers : [asked.MediaType])
            ?? throw new ProblemException(new Problem(ProblemTypes.NotAcceptable, $"'{Parameter}' asks for {asked?.MediaType}, which the Accept header does not allow."));
        return All.First(format => format.MediaType == type);
    }
}
