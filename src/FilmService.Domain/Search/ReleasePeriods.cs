using FilmService.Domain.Films;

namespace FilmService.Domain.Search;

/// <summary>
/// A set of months, as ranges that do not touch. Each month has a code that orders as time does, and a year has one more before its
/// January: the month that is not known.
/// </summary>
public sealed class ReleasePeriods
{
    private const int CodesOfYear = 16;

    /// <summary>The last year that can be asked for.</summary>
    public const int MaxYear = 9999;

    private ReleasePeriods(IReadOnlyList<ReleasePeriod> ranges) => Ranges = ranges;

    /// <summary>The ranges, in order.</summary>
    public IReadOnlyList<ReleasePeriod> Ranges { get; }

    /// <summary>The code of a film's month.</summary>
    public static int CodeOf(int year, Month? month) => (year * CodesOfYear) + (int)(month ?? 0);

    /// <summary>The year that a code belongs to.</summary>
    public static int YearOf(int code) => code / CodesOfYear;

    /// <summary>A whole year, its unknown month too.</summary>
    public static ReleasePeriod Year(int year) => new(CodeOf(year, null), CodeOf(year, null) + CodesOfYear - 1);

    /// <summary>One month.</summary>
    public static ReleasePeriod MonthOf(int year, Month month) => new(CodeOf(year, month), CodeOf(year, month));

    /// <summary>One of these.</summary>
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

    /// <summary>Any time but this.</summary>
    public static ReleasePeriods Not(ReleasePeriod range) => In(Before(range), After(range));

    /// <summary>All that comes before the first month of this.</summary>
    public static ReleasePeriod Before(ReleasePeriod range) => new(0, range.From - 1);

    /// <summary>All that comes behind the last month of this.</summary>
    public static ReleasePeriod After(ReleasePeriod range) => new(range.To + 1, Year(MaxYear).To);

    /// <summary>What is in both.</summary>
    public ReleasePeriods And(ReleasePeriods other) => In(Ranges.SelectMany(
        range => other.Ranges, (range, with) => new ReleasePeriod(Math.Max(range.From, with.From), Math.Min(range.To, with.To))));

    /// <summary>True when the month of this code is in it.</summary>
    public bool Contains(int code) => Ranges.Any(range => range.From <= code && code <= range.To);
}

/// <summary>The months from one code to another, both included.</summary>
/// <param name="From">The first code.</param>
/// <param name="To">The last code.</param>
public readonly record struct ReleasePeriod(int From, int To);
