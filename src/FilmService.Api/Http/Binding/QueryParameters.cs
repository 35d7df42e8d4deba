using System.Globalization;
using FilmService.Api.Http.Problems;
using FilmService.Api.Http.Strictness;
using FilmService.Domain.Films;

namespace FilmService.Api.Http.Binding;

/// <summary>
/// The query parameters that an endpoint declares with <see cref="QueryAttribute"/>. Any other name in the query string is an
/// argument if the endpoint has arguments, and is rejected otherwise. Names that begin with <c>_</c> are ignored.
/// </summary>
internal static class QueryParameters
{
    public static ArgumentValue Query(this HttpContext context, string name) => context.Features.Get<ArgumentSet>()?[name] ?? default;

    /// <summary>A declared true-or-false parameter; false if it is missing.</summary>
    public static bool Flag(this HttpContext context, string name) => context.Query(name) switch
    {
        { Kind: ArgumentKind.Missing } => false,
        { Text: "true" } => true,
        { Text: "false" } => false,
        _ => throw new ProblemException(Problem.OfParameter(name, $"'{name}' must be true or false.")),
    };

    /// <summary>A declared parameter that counts from 1 to <paramref name="max"/>; null if it is missing.</summary>
    public static int? Limit(this HttpContext context, string name, int max) => context.Query(name) switch
    {
        { Kind: ArgumentKind.Missing } => null,
        var value when value.ToWholeNumber() is { } number && number >= 1 && number <= max => number,
        _ => throw new ProblemException(Problem.OfParameter(name, $"'{name}' must be a whole number from 1 to {max}.")),
    };

    /// <summary>A declared parameter that is a whole number; null if it is missing.</summary>
    public static long? WholeNumber(this HttpContext context, string name) => context.Query(name) switch
    {
        { Kind: ArgumentKind.Missing } => null,
        var value when long.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw new ProblemException(Problem.OfParameter(name, $"'{name}' must be a whole number.")),
    };

    /// <summary>A declared parameter that is a revision; null if it is missing.</summary>
    public static Revision? Revision(this HttpContext context, string name) => context.Query(name) switch
    {
        { Kind: ArgumentKind.Missing } => null,
        var value when Domain.Films.Revision.Parse(value.Text) is { } revision => revision,
        _ => throw new ProblemException(Problem.OfParameter(name, $"'{name}' must be a revision, such as k3f9-1042.")),
    };

    /// <summary>Reads the declared parameters and keeps them in the request's features.</summary>
    /// <exception cref="ProblemException">A parameter was given twice, or is neither declared nor an argument.</exception>
    public static void Read(HttpContext context, Endpoint endpoint)
    {
        if (!context.Request.QueryString.HasValue || endpoint.Metadata.GetMetadata<QueryAttribute>() is { AreReadByAction: true })
        {
            return;
        }

        var declared = DeclaredBy(endpoint);
        var takesArguments = endpoint.Metadata.GetMetadata<BodyAttribute>() is not null;
        var parameters = new ArgumentSet(declared);
        foreach (var (name, value) in PairsOf(context.Request).Where(pair => !takesArguments || IsDeclared(pair.Key, declared)))
        {
            parameters.Add(name, ArgumentValue.OfForm(value));
        }

        if (parameters.Faults.Count > 0)
        {
            throw new ProblemException(Problem.OfErrors(ProblemTypes.InvalidParameters, parameters.Faults));
        }

        context.Features.Set(parameters);
    }

    /// <summary>The part of the query string that contains arguments.</summary>
    public static IEnumerable<KeyValuePair<string, string>> ArgumentsOf(HttpRequest request)
    {
        if (!request.QueryString.HasValue)
        {
            return [];
        }

        var declared = DeclaredBy(request.HttpContext.GetEndpoint()!);
        return PairsOf(request).Where(pair => !IsDeclared(pair.Key, declared));
    }

    private static IReadOnlyList<string> DeclaredBy(Endpoint endpoint) => endpoint.Metadata.GetMetadata<QueryAttribute>()?.Parameters ?? [];

    private static bool IsDeclared(string name, IReadOnlyList<string> declared) => declared.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The parameters as they were sent, without the ignored ones.</summary>
    public static IEnumerable<KeyValuePair<string, string>> PairsOf(HttpRequest request) =>
        AllPairsOf(request).Where(pair => !pair.Key.StartsWith('_'));

    /// <summary>All parameters as they were sent.</summary>
    public static IEnumerable<KeyValuePair<string, string>> AllPairsOf(HttpRequest request) =>
        UrlEncoded.Read(request.QueryString.HasValue ? request.QueryString.Value![1..] : "", "The query string");
}
