using FilmService.Domain.Films;

namespace FilmService.Domain.Search;

/// <summary>
/// A set of months, as disjoint, non-adjacent ranges. Each month has a code that sorts chronologically, and each year has one
/// more before its January for the unknown month.
/// </summary>
public sealed class ReleasePeriods
{
    private const int CodesOfYear = 16;

    /// <summary>The latest year that can be searched for.</summary>
    public const int MaxYear = 9999;

    private ReleasePeriods(IReadOnlyList<ReleasePeriod> ranges) => Ranges = ranges;

    /// <summary>The ranges, in order.</summary>
    public IReadOnlyList<ReleasePeriod> Ranges { get; }

    /// <summary>The code of a film's month.</summary>
    public static int CodeOf(int year, Month? month) => (year * CodesOfYear) + (int)(month ?? 0);

    /// <summary>The year that a code belongs to.</summary>
    public static int YearOf(int code) => code / CodesOfYear;

    /// <summary>The month that a code belongs to; null for the unknown month.</summary>
    public static Month? MonthOf(int code) => code % CodesOfYear is > 0 and var month ? (Month)month : null;

    /// <summary>A complete year, including its unknown month.</summary>
    public static ReleasePeriod Year(int year) => new(CodeOf(year, null), CodeOf(year, null) + CodesOfYear - 1);

    public static ReleasePeriod MonthOf(int year, Month month) => new(CodeOf(year, month), CodeOf(year, month));

    /// <summary>The union of these ranges.</summary>
    public static ReleasePeriods In(params IEnumerable<ReleasePeriod> ranges)
    {
        var merged = new List<ReleasePeriod>();
        foreach (var range in ranges.Where(range => range.From <= range.To).OrderBy(range => range.From))
        {
            if (merged.Count > 0 && range.From <= merged[^1].To + 1)
            {
                merged[^1] = merged[^1] with { To = Math.Max(merged[^1].To, range.To) };
            }
            else
            {
                merged.Add(range);
            }
        }

        return new ReleasePeriods(merged);
    }

    /// <summary>Any time outside this range.</summary>
    public static ReleasePeriods Not(ReleasePeriod range) => In(Before(range), After(range));

    /// <summary>All time before this range.</summary>
    public static ReleasePeriod Before(ReleasePeriod range) => new(0, range.From - 1);

    /// <summary>All time after this range.</summary>
    public static ReleasePeriod After(ReleasePeriod range) => new(range.To + 1, Year(MaxYear).To);

    /// <summary>The intersection.</summary>
    public ReleasePeriods And(ReleasePeriods other) => In(Ranges.SelectMany(
        range => other.Ranges, (range, with) => new ReleasePeriod(Math.Max(range.From, with.From), Math.Min(range.To, with.To))));

    /// <summary>True if it contains the month with this code.</summary>
    public bool Contains(int code) => Ranges.Any(range => range.From <= code && code <= range.To);
}

/// <summary>The months from one code to another, both included.</summary>
public readonly record struct ReleasePeriod(int From, int To);
