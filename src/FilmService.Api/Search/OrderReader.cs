using FilmService.Domain.Search;

namespace FilmService.Api.Search;

/// <summary>Reads the sort parameter.</summary>
internal static class OrderReader
{
    private const string Rule = "any of id, name, year, released, revision and, with q, relevance, each at most once; a leading '-' sorts in descending order";

    public static FilmOrder Read(SearchParameters parameters, bool hasWords)
    {
        var terms = parameters.Read("sort", Rule, Parse);
        if (terms?.Exists(term => term.Key is SortKey.Relevance) is true && !parameters.Has("q"))
        {
            parameters.AddFault("sort", "'sort' accepts relevance only together with 'q': it is how well the name matches the words.");
        }

        return terms is not null ? new FilmOrder(terms) : hasWords ? new FilmOrder(new SortTerm(SortKey.Relevance)) : FilmOrder.ById;
    }

    private static List<SortTerm>? Parse(string text)
    {
        var terms = text.Split(',').Select(ParseTerm).ToList();
        return terms.TrueForAll(term => term is not null) && terms.DistinctBy(term => term!.Value.Key).Count() == terms.Count
            ? terms.ConvertAll(term => term!.Value)
            : null;
    }

    private static SortTerm? ParseTerm(string text)
    {
        var (name, descends) = text.StartsWith('-') ? (text[1..], true) : (text, false);
        return Enum.GetNames<SortKey>().FirstOrDefault(key => key.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } key
            ? new SortTerm(Enum.Parse<SortKey>(key), descends)
            : null;
    }
}
