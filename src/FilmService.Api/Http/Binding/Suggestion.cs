namespace FilmService.Api.Http.Binding;

/// <summary>Suggests what a client probably meant.</summary>
internal static class Suggestion
{
    /// <summary>The message for an unknown name.</summary>
    public static string Unknown(string name, IReadOnlyList<string> known)
    {
        var list = known.Count == 0 ? "None are accepted here." : $"Accepted here: {string.Join(", ", known)}.";
        return (Synonyms.Of(name, known) ?? Quoted(Nearest(name, known))) is { } meant
            ? $"'{name}' is unknown. Did you mean {meant}? {list}"
            : $"'{name}' is unknown. {list}";
    }

    /// <summary>The known name that differs by a slip of the keyboard, ignoring case; null if none is that near.</summary>
    public static string? Nearest(string name, IEnumerable<string> known)
    {
        var (nearest, least) = ((string?)null, MaxDistance(name) + 1);
        foreach (var candidate in known)
        {
            if (Distance(name, candidate, least - 1) is var distance && distance < least)
            {
                (nearest, least) = (candidate, distance);
            }
        }

        return nearest;
    }

    /// <summary>
    /// The number of letters to add, drop, change or swap with their neighbour, ignoring case (optimal string alignment distance);
    /// more than <paramref name="max"/> if it is more than that, whatever the lengths.
    /// </summary>
    public static int Distance(string from, string to, int max)
    {
        if (Math.Abs(from.Length - to.Length) > max)
        {
            return max + 1;
        }

        var (before, row, next) = (new int[to.Length + 1], Enumerable.Range(0, to.Length + 1).ToArray(), new int[to.Length + 1]);
        for (var i = 1; i <= from.Length; i++)
        {
            next[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                next[j] = Math.Min(Math.Min(row[j], next[j - 1]) + 1, row[j - 1] + (IsSame(from[i - 1], to[j - 1]) ? 0 : 1));
                if (i > 1 && j > 1 && IsSame(from[i - 1], to[j - 2]) && IsSame(from[i - 2], to[j - 1]))
                {
                    next[j] = Math.Min(next[j], before[j - 2] + 1);
                }
            }

            (before, row, next) = (row, next, before);
        }

        return row[^1];
    }

    // In a short name, two changed letters make another word: 'page' is not a misspelt 'name'.
    private static int MaxDistance(string name) => name.Length switch { < 3 => 0, < 6 => 1, _ => 2 };

    private static string? Quoted(string? name) => name is null ? null : $"'{name}'";

    private static bool IsSame(char one, char other) => char.ToLowerInvariant(one) == char.ToLowerInvariant(other);
}
