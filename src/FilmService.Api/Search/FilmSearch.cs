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
public sealed record FilmSearch(FilmQuery Query, FilmListFormat Format, FilmListView View, string Asked, byte[] CursorFingerprint)
{
    private static readonly string[] Conditions = [.. SearchParametersAttribute.Names.Except(SearchParametersAttribute.View).Order(StringComparer.Ordinal)];

    // Each format and shape has its own version instead.
    private static readonly string[] Represented = [.. SearchParametersAttribute.Names.Except([FilmListFormat.Parameter, "shape"]).Order(StringComparer.Ordinal)];

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

    private static FilmSearch Read(HttpRequest request, ArgumentSet arguments)
    {
        var parameters = new SearchParameters(arguments);
        var filter = FilterReader.Read(parameters);
        var order = OrderReader.Read(parameters, filter.Words is not null);
        var mark = FingerprintOf(Written(arguments, Conditions));
        var query = new FilmQuery(filter, order, PageReader.Read(parameters, order, mark), parameters.Flag("count"));
        var search = new FilmSearch(query, ViewReader.ReadFormat(parameters, request), ViewReader.ReadFields(parameters), Written(arguments, Represented), mark);
        return arguments.Faults.Count == 0 ? search : throw new ProblemException(Problem.OfErrors(ProblemTypes.InvalidParameters, arguments.Faults));
    }

    private static string Written(ArgumentSet arguments, string[] names) => string.Concat(names
        .Where(name => arguments[name].Kind is not ArgumentKind.Missing)
        .Select(name => $"&{name}={Uri.EscapeDataString(arguments[name].Text)}"));

    // A cursor contains a normalised name, so it also depends on the rules of normalisation.
    private static byte[] FingerprintOf(string written) => XxHash3.Hash(Encoding.UTF8.GetBytes($"{NormalizedName.Version}{written}"));
}
