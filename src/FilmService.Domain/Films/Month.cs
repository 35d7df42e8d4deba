namespace FilmService.Domain.Films;

public enum Month
{
    January = 1,
    February,
    March,
    April,
    May,
    June,
    July,
    August,
    September,
    October,
    November,
    December,
}

/// <summary>Reads and writes months as the original program wrote them.</summary>
public static class Months
{
    private static readonly string[] Names = Enum.GetNames<Month>();

    public static IReadOnlyList<string> All => Names;

    /// <summary>The name in responses, such as <c>March</c>.</summary>
    public static string ToName(this Month month) => Names[(int)month - 1];

    /// <summary>Parses a name in any letter case; null if it is not a month.</summary>
    public static Month? Parse(string name)
    {
        var index = Array.FindIndex(Names, known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
        return index < 0 ? null : (Month)(index + 1);
    }
}
