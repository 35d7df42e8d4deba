namespace FilmService.Api.Http.Binding;

/// <summary>Suggests what a client probably meant.</summary>
internal static class Suggestion
{
    // A short name must share at least one letter, or any name would be close.
    private const int MaxDistance = 2;

    /// <summary>The message for an unknown name.</summary>
    public static string Unknown(string name, IReadOnlyList<string> known)
    {
        var list = known.Count == 0 ? "None are accepted here." : $"Accepted here: {string.Join(", ", known)}.";
        var nearest = known.MinBy(candidate => Distance(name, candidate));
        return nearest is not null && Distance(name, nearest) <= Math.Min(MaxDistance, name.Length - 1)
            ? $"'{name}' is unknown. Did you mean '{nearest}'? {list}"
            : $"'{name}' is unknown. {list}";
    }

    /// <summary>Levenshtein distance, ignoring case: the number of letters to add, drop or change.</summary>
    public static int Distance(string from, string to)
    {
        var row = new int[to.Length + 1];
        for (var j = 1; j <= to.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (char.ToLowerInvariant(from[i - 1]) == char.ToLowerInvariant(to[j - 1]) ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
