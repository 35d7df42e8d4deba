using System.Security.Cryptography;
using System.Text;
using FilmService.Api.Arguments;
using FilmService.Api.Errors;
using FilmService.Api.Http;
using FilmService.Domain.Films;
using FilmService.Domain.Finding;

namespace FilmService.Api.Finding;

/// <summary>How a list looks in JSON.</summary>
public enum ListShape
{
    /// <summary>The original's: one object, keyed by id.</summary>
    Map,

    /// <summary>An object with the films as <c>items</c>, which keeps their order.</summary>
    List,
}

/// <summary>What a request asks of the films.</summary>
/// <param name="Query">Which films.</param>
/// <param name="Shape">How they are shown.</param>
/// <param name="Fields">The members that are shown; null for all.</param>
/// <param name="Asked">The parameters, written in one way: the same for requests that ask the same.</param>
/// <param name="CursorMark">Marks the cursors of its filter and sort.</param>
public sealed record FilmSearch(FilmQuery Query, ListShape Shape, IReadOnlyList<string>? Fields, string Asked, byte[] CursorMark)
{
    /// <summary>Reads the parameters of a request, those of QUERY from its body too.</summary>
    /// <exception cref="ProblemException">400: some are wrong; all of them are told. 415: QUERY has a body of another type.</exception>
    public static async ValueTask<FilmSearch> ReadAsync(HttpContext context)
    {
        var arguments = new ArgumentSet(FindAttribute.Names);
        foreach (var (name, value) in QueryParameters.PairsOf(context.Request))
        {
            arguments.Add(name, ArgumentValue.OfForm(value));
        }

        if (context.GetEndpoint()!.Metadata.GetMetadata<BodyAttribute>() is not null)
        {
            await ArgumentReader.ReadBodyAsync(context.Request, arguments);
        }

        return Read(arguments);
    }

    private static FilmSearch Read(ArgumentSet arguments)
    {
        var parameters = new SearchParameters(arguments);
        var filter = FilterReader.Read(parameters);
        var order = OrderReader.Read(parameters, filter.Words is not null);
        var mark = MarkOf(Written(arguments, FindAttribute.Names.Except(FindAttribute.View)));
        var query = new FilmQuery(filter, order, PageReader.Read(parameters, order, mark), parameters.Flag("count"));
        var shape = parameters.Read("shape", "map or list", text => Enum.GetNames<ListShape>().FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)));
        var fields = parameters.ReadList("fields", "some of Id, Name, Year, Month, each once", PageReader.Field);
        var search = new FilmSearch(query, shape is null ? ListShape.Map : Enum.Parse<ListShape>(shape), fields, Written(arguments, FindAttribute.Names), mark);
        return arguments.Faults.Count == 0 ? search : throw new ProblemException(Problem.OfErrors(ProblemTypes.InvalidParameters, arguments.Faults));
    }

    private static string Written(ArgumentSet arguments, IEnumerable<string> names) => string.Concat(names
        .Where(name => arguments[name].Kind is not ArgumentKind.Missing).Order(StringComparer.Ordinal)
        .Select(name => $"&{name}={Uri.EscapeDataString(arguments[name].Text)}"));

    // A cursor holds a folded name, so it belongs to the rules of folding too.
    private static byte[] MarkOf(string written) => SHA256.HashData(Encoding.UTF8.GetBytes($"{FoldedName.Version}{written}"))[..PageCursor.MarkLength];
}
