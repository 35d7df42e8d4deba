using System.Text.RegularExpressions;

namespace FilmService.Api.Http.Binding;

/// <summary>What other web APIs call the parameters and arguments of this one, and how they write conditions.</summary>
internal static partial class Synonyms
{
    private const int MaxLength = 64;

    // Of several meanings, the first whose names are all known here is suggested.
    private static readonly Dictionary<string, string[]> Meanings = Spread(
        ("page pagenumber pageno pageindex offset skip start from after startingafter nextpage pagetoken continuationtoken", ["limit cursor", "since", "before"]),
        ("perpage pagesize pagelimit size take top first rows max maxresults maxitems itemsperpage", ["limit"]),
        ("search query keyword keywords term terms text find fulltext searchterm", ["q", "name"]),
        ("order orderby ordering sortby sortorder sorting direction", ["sort"]),
        ("select columns include attributes projection only properties members", ["fields"]),
        ("title film filmname filmtitle movie moviename movietitle", ["name"]),
        ("releaseyear", ["year"]),
        ("date releasedate releasedat", ["released", "year month"]),
        ("total totalcount includetotal includecount withcount", ["count"]),
        ("output accept type", ["format"]),
        ("simulate validateonly preview", ["dryRun"]),
        ("username user login", ["name"]),
        ("secret pass pwd", ["password"]),
        ("role roles permissions", ["scopes"]));

    private static readonly Dictionary<string, string[]> Operators = Spread(
        ("eq equals exact is", [""]), ("ne neq noteq not", [".ne"]), ("gt above", [".gt"]), ("gte ge gteq min from", [".gte"]), ("lt below", [".lt"]), ("lte le lteq max to", [".lte"]),
        ("in any oneof", [".in"]), ("like ilike cont contains icontains includes", [".contains"]), ("start starts startswith istartswith prefix", [".startsWith"]), ("null isnull", [".null"]));

    /// <summary>The names that are meant, in quotes; null if the name is not one of another API's.</summary>
    public static string? Of(string name, IReadOnlyList<string> known)
    {
        var words = name.Length > MaxLength ? [] : Word().Matches(name).Select(word => word.Value.ToLowerInvariant()).Where(word => word is not ("filter" or "where")).ToArray();
        var joined = string.Concat(words);
        return joined.Length == 0 ? null
            : known.FirstOrDefault(own => Plain(own).Equals(joined, StringComparison.OrdinalIgnoreCase)) is { } respelt ? $"'{respelt}'"
            : Meanings.GetValueOrDefault(joined)?.Select(meant => meant.Split(' ')).FirstOrDefault(names => names.All(known.Contains)) is { } names ? $"'{string.Join("' and '", names)}'"
            : Condition(words, known);
    }

    // Such as year_gte, min_year, filter[year][_gte] and title__icontains.
    private static string? Condition(string[] words, IReadOnlyList<string> known)
    {
        var splits = Enumerable.Range(1, Math.Max(words.Length - 1, 0)).Select(i => (First: string.Concat(words[..i]), Last: string.Concat(words[i..])));
        var meant = splits.Select(split => Condition(split.First, split.Last, known) ?? Condition(split.Last, split.First, known)).FirstOrDefault(found => found is not null);
        return meant is null ? null : $"'{meant}'";
    }

    private static string? Condition(string field, string operation, IReadOnlyList<string> known) =>
        Operators.GetValueOrDefault(operation) is [var suffix]
            ? (Meanings.GetValueOrDefault(field) ?? []).Prepend(field).Select(name => name + suffix).FirstOrDefault(known.Contains)
            : null;

    private static string Plain(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit));

    private static Dictionary<string, string[]> Spread(params (string Names, string[] Meant)[] table) =>
        table.SelectMany(line => line.Names.Split(' ').Select(name => (name, line.Meant))).ToDictionary(line => line.name, line => line.Meant);

    // At separators and before capital letters: 'pageSize' and 'page_size' are the same words.
    [GeneratedRegex("[A-Z]?[a-z0-9]+|[A-Z0-9]+")]
    private static partial Regex Word();
}
