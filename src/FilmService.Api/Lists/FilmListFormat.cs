using System.Buffers;
using FilmService.Api.Arguments;
using FilmService.Api.Errors;
using FilmService.Api.Http;

namespace FilmService.Api.Lists;

/// <summary>A representation of a list of films.</summary>
/// <param name="Name">Its name as the parameter <see cref="Parameter"/>.</param>
/// <param name="MediaType">Its media type, as it is negotiated.</param>
/// <param name="ContentType">Its media type, as it is answered.</param>
/// <param name="Version">Changes with every change of what it looks like, so that no client keeps the old one as current.</param>
/// <param name="FileName">The name of the file that it is saved as; null when it is to be read at once.</param>
/// <param name="Open">Makes its writer.</param>
internal sealed record FilmListFormat(
    string Name, string MediaType, string ContentType, string Version, string? FileName, Func<IBufferWriter<byte>, FilmListWriter> Open)
{
    public const string Parameter = "format";
    public const string JsonType = "application/json";
    public const string LinesType = "application/x-ndjson";
    public const string TableType = "text/csv";

    /// <summary>All of them, by default the first.</summary>
    public static readonly IReadOnlyList<FilmListFormat> All =
    [
        new("json", JsonType, JsonType, "map1", null, to => new FilmMapWriter(to)),
        new("ndjson", LinesType, LinesType, "ndjson1", "films.ndjson", to => new FilmLinesWriter(to)),
        new("csv", TableType, TableType + "; charset=utf-8", "csv1", "films.csv", to => new FilmTableWriter(to)),
    ];

    private static readonly string[] Offers = [.. All.Select(format => format.MediaType)];

    /// <summary>The representation that a request asks for, with <c>format</c> or else with Accept.</summary>
    /// <exception cref="ProblemException">400: there is no such format. 406: Accept does not take it.</exception>
    public static FilmListFormat Of(HttpContext context)
    {
        var asked = context.Query(Parameter);
        if (asked.Kind is ArgumentKind.Missing)
        {
            var type = Negotiation.Choose(context.Request, Offers);
            return All.First(format => format.MediaType == type);
        }

        var named = All.FirstOrDefault(format => format.Name == asked.Text)
            ?? throw new ProblemException(Problem.OfParameter(Parameter, $"'{Parameter}' must be one of {string.Join(", ", All.Select(format => format.Name))}."));
        return Negotiation.Choose(context.Request, [named.MediaType]) is not null
            ? named
            : throw new ProblemException(new Problem(ProblemTypes.NotAcceptable, $"'{Parameter}' asks for {named.MediaType}, and Accept does not take it."));
    }
}
