using FilmService.Api.Http.Problems;
using FilmService.Api.Http.Results;
using FilmService.Api.Http.Strictness;
using FilmService.Domain.Films;

namespace FilmService.Api.Search;

/// <summary>A representation of a list of films.</summary>
/// <param name="Name">Its name as the parameter <see cref="Parameter"/>.</param>
/// <param name="MediaType">Its media type, as it is negotiated.</param>
/// <param name="ContentType">Its media type, as it is answered.</param>
/// <param name="Version">Changes with every change of what it looks like, so that no client keeps the old one as current.</param>
/// <param name="FileName">The name of the file that it is saved as; null when it is to be read at once.</param>
/// <param name="Open">Makes its writer.</param>
public sealed record FilmListFormat(
    string Name, string MediaType, string ContentType, string Version, string? FileName, Func<Utf8Buffer, FilmListView, FilmListWriter> Open)
{
    /// <summary>The parameter that asks for one by name.</summary>
    public const string Parameter = "format";

    /// <summary>JSON.</summary>
    public const string JsonType = "application/json";

    /// <summary>NDJSON.</summary>
    public const string LinesType = "application/x-ndjson";

    /// <summary>CSV.</summary>
    public const string TableType = "text/csv";

    // A field that is added changes what all of them look like; there were three at first.
    private static readonly int Fields = FilmFields.All.Length - 2;

    /// <summary>All of them, by default the first.</summary>
    public static readonly IReadOnlyList<FilmListFormat> All =
    [
        new("json", JsonType, JsonType, "map" + Fields, null, (to, view) => new KeyedJsonWriter(to, view)),
        new("ndjson", LinesType, LinesType, "ndjson" + Fields, "films.ndjson", (to, view) => new NdjsonWriter(to, view)),
        new("csv", TableType, TableType + "; charset=utf-8", "csv" + Fields, "films.csv", (to, view) => new CsvWriter(to, view)),
    ];

    /// <summary>JSON whose films are a list.</summary>
    public static readonly FilmListFormat JsonList = new("json", JsonType, JsonType, "list" + Fields, null, (to, view) => new JsonArrayWriter(to, view));

    private static readonly string[] Offers = [.. All.Select(format => format.MediaType)];

    /// <summary>The representation that a request asks for, by name or else with Accept.</summary>
    /// <exception cref="ProblemException">406: Accept does not take it.</exception>
    public static FilmListFormat Of(HttpRequest request, FilmListFormat? asked)
    {
        var type = Negotiation.Choose(request, asked is null ? Offers : [asked.MediaType])
            ?? throw new ProblemException(new Problem(ProblemTypes.NotAcceptable, $"'{Parameter}' asks for {asked?.MediaType}, which the Accept header does not allow."));
        return All.First(format => format.MediaType == type);
    }
}
