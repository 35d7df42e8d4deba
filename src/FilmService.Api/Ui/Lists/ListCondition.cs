using System.Globalization;

namespace FilmService.Api.Ui.Lists;

/// <summary>A condition of a list in words.</summary>
/// <param name="Without">The list without it.</param>
public sealed record ListCondition(string Text, ListAddress Without)
{
    private const string From = "year.gte";
    private const string To = "year.lte";

    private static readonly Dictionary<string, string> Subjects = new(StringComparer.OrdinalIgnoreCase)
    {
        ["id"] = "Id",
        ["name"] = "Name",
        ["year"] = "Year",
        ["released"] = "Released",
        ["month"] = "Month",
    };

    private static readonly Dictionary<string, string> Verbs = new(StringComparer.OrdinalIgnoreCase)
    {
        [""] = "is",
        ["in"] = "is one of",
        ["contains"] = "contains",
        ["startsWith"] = "begins with",
        ["ne"] = "is not",
        ["gt"] = "after",
        ["gte"] = "from",
        ["lt"] = "before",
        ["lte"] = "up to",
        ["null"] = "is unknown:",
    };

    /// <summary>All conditions of a list.</summary>
    public static IReadOnlyList<ListCondition> Of(ListAddress address)
    {
        var decade = DecadeOf(address);
        var others = (decade is null ? address : address.Without(From, To)).Conditions
            .Select(parameter => new ListCondition(Describe(parameter.Key, parameter.Value), address.Without(parameter.Key, "cursor")));
        return [.. decade is null ? others : others.Prepend(new ListCondition($"{decade}s", address.Without(From, To, "cursor")))];
    }

    /// <summary>The decade that a list is limited to; null if it is not limited to one.</summary>
    public static int? DecadeOf(ListAddress address) =>
        int.TryParse(address[From], NumberStyles.None, CultureInfo.InvariantCulture, out var from) && from % 10 == 0
        && address[To] == (from + 9).ToString(CultureInfo.InvariantCulture) ? from : null;

    /// <summary>The list limited to a decade.</summary>
    public static ListAddress WithDecade(ListAddress address, int decade) => address.With(
        KeyValuePair.Create(From, decade.ToString(CultureInfo.InvariantCulture)), KeyValuePair.Create(To, (decade + 9).ToString(CultureInfo.InvariantCulture)));

    /// <summary>The list without its decade.</summary>
    public static ListAddress WithoutDecade(ListAddress address) => address.Without(From, To, "cursor");

    private static string Describe(string name, string value)
    {
        if (name.Equals("q", StringComparison.OrdinalIgnoreCase))
        {
            return $"“{value}”";
        }

        if (name.Equals("month.null", StringComparison.OrdinalIgnoreCase))
        {
            return value == "true" ? "Month unknown" : "Month known";
        }

        var (subject, verb) = name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? (name[..dot], name[(dot + 1)..]) : (name, "");
        return $"{Subjects.GetValueOrDefault(subject, subject)} {Verbs.GetValueOrDefault(verb, verb)} {value}";
    }
}
