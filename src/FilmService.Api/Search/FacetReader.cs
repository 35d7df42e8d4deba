using FilmService.Domain.Search;

namespace FilmService.Api.Search;

/// <summary>Reads the facets that films are to be counted by.</summary>
internal static class FacetReader
{
    public const string Parameter = "facet";

    private static readonly Dictionary<string, Facet> Known = Enum.GetValues<Facet>().ToDictionary(NameOf, StringComparer.OrdinalIgnoreCase);

    private static readonly string Rule = $"any of {string.Join(", ", Known.Keys)}, each at most once";

    /// <summary>The facets, in the requested order; empty if none are.</summary>
    public static IReadOnlyList<Facet> Read(SearchParameters parameters, FilmListFormat format)
    {
        if (parameters.Has(Parameter) && format != FilmListFormat.JsonList)
        {
            parameters.AddFault(Parameter, $"'{Parameter}' requires shape=list: the counts are a member of that object.");
        }

        return parameters.Read(Parameter, Rule, Parse) ?? [];
    }

    /// <summary>Its name as a value of the parameter, and as a member of the response.</summary>
    public static string NameOf(Facet facet) => facet.ToString().ToLowerInvariant();

    private static List<Facet>? Parse(string text)
    {
        var names = text.Split(',');
        return names.All(Known.ContainsKey) && names.Select(name => Known[name]).Distinct().ToList() is var facets && facets.Count == names.Length ? facets : null;
    }
}
