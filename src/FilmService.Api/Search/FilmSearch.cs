using System.IO.Hashing;
using System.Text;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Domain.Films;
using FilmService.Domain.Search;

namespace FilmService.Api.Search;

/// <summary>A request for films.</summary>
/// <param name="Asked">The parameters in canonical form: the same for equivalent requests.</param>
/// <param name="CursorFingerprint">Identifies the cursors that belong to its filter and sort.</param>
/// <param name="Facets">What to count the films by.</param>
public sealed record FilmSearch(
    FilmQuery Query, FilmListFormat Format, FilmListView View, string Asked, byte[] CursorFingerprint, IReadOnlyList<Facet> Facets)
{
    private static readonly string[] Conditions = [.. SearchParametersAttribute.Names.Except(SearchParametersAttribute.View).Order(StringComparer.Ordinal)];

    // Each format and shape has its own version instead, and the revision is a part of the ETag. Only the links of a page name it.
    private static readonly string[] Represented = [.. SearchParametersAttribute.Names.Except([FilmListFormat.Parameter, "shape", SearchParametersAttribute.AsOf]).Order(StringComparer.Ordinal)];

    /// <summary>Reads the parameters of a request; for QUERY from the body too.</summary>
    /// <exception cref="ProblemException">
    /// 400: parameters are invalid; all of them are listed. 415: the body of QUERY has an unsupported media type.
    /// </exception>
    internal static async ValueTask<FilmSearch> BindAsync(HttpContext context)
    {
        var arguments = new ArgumentSet(SearchParametersAttribute.Names);
        foreach (var (name, value) in QueryParameters.PairsOf(context.Request))
        {
            arguments.Add(name, ArgumentValue.OfForm(value));
        }

        if (context.GetEndpoint()!.Metadata.GetMetadata<BodyAttribute>() is not null)
        {
            await ArgumentReader.ReadBodyAsync(context.Request, arguments);
        }

        return Read(context.Request, arguments);
    }

    /// <summary>Reads which films, in which order and from where on. Errors are added to the arguments.</summary>
    /// <returns>The query, and what identifies the cursors that belong to its filter and sort.</returns>
    internal static (FilmQuery Query, byte[] CursorFingerprint) ReadQuery(SearchParameters parameters, ArgumentSet arguments)
    {
        var filter = FilterReader.Read(parameters);
        var order = OrderReader.Read(parameters, filter.Words is not null);
        var mark = FingerprintOf(Written(arguments, Conditions), filter.DependsOnNames || order.DependsOnNames);
        var query = new FilmQuery(filter, order, PageReader.Read(parameters, order, mark), parameters.Flag("count"))
        {
            AsOf = parameters.Read(SearchParametersAttribute.AsOf, "a revision, such as k3f9-1042", text => Revision.Parse(text) is null ? null : text) is { } asOf ? Revision.Parse(asOf) : null,
        };
        return (query, mark);
    }

    private static FilmSearch Read(HttpRequest request, ArgumentSet arguments)
    {
        var parameters = new SearchParameters(arguments);
        var (query, mark) = ReadQuery(parameters, arguments);
        var format = ViewReader.ReadFormat(parameters, request);
        var facets = FacetReader.Read(parameters, format);
        var search = new FilmSearch(
            query with { CountReleases = facets.Count > 0 }, format, ViewReader.ReadFields(parameters),
            Written(arguments, Represented) + (query.AsOf is null ? "" : $"&{SearchParametersAttribute.AsOf}"), mark, facets);
        return arguments.Faults.Count == 0 ? search : throw new ProblemException(Problem.OfErrors(ProblemTypes.InvalidParameters, arguments.Faults));
    }

    private static string Written(ArgumentSet arguments, string[] names) => string.Concat(names
        .Where(name => arguments[name].Kind is not ArgumentKind.Missing)
        .Select(name => $"&{name}={Uri.EscapeDataString(arguments[name].Text)}"));

    // Where names are compared or sorted, a cursor depends on the rules of normalisation.
    private static byte[] FingerprintOf(string written, bool dependsOnNames) =>
        XxHash3.Hash(Encoding.UTF8.GetBytes($"{(dependsOnNames ? NormalizedName.Version : 1)}{written}"));
}
