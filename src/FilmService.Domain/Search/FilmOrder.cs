using System.Text;
using FilmService.Domain.Films;

namespace FilmService.Domain.Search;

/// <summary>What films can be ordered by.</summary>
public enum SortKey
{
    /// <summary>The id, in natural order.</summary>
    Id,

    /// <summary>The folded name, bytewise.</summary>
    Name,

    /// <summary>The year.</summary>
    Year,

    /// <summary>Year and month; a month that is not known stands before January.</summary>
    Released,

    /// <summary>The last change of the film.</summary>
    Revision,

    /// <summary>How well the name matches the words, the best first.</summary>
    Relevance,
}

/// <summary>One key of an order.</summary>
/// <param name="Key">The key.</param>
/// <param name="Descending">True for the greatest first.</param>
public readonly record struct SortTerm(SortKey Key, bool Descending = false)
{
    /// <summary>True when no two films have the same.</summary>
    public bool IsUnique => Key is SortKey.Id or SortKey.Revision;
}

/// <summary>An order of films in which no two stand at the same place: ties fall in natural order of ids.</summary>
public sealed class FilmOrder
{
    /// <summary>The natural order of ids.</summary>
    public static readonly FilmOrder ById = new();

    /// <param name="terms">The keys, the first one first.</param>
    public FilmOrder(params IReadOnlyList<SortTerm> terms)
    {
        var last = terms.TakeWhile(term => !term.IsUnique).Count();
        Keys = last < terms.Count ? [.. terms.Take(last + 1)] : [.. terms, new SortTerm(SortKey.Id)];
    }

    /// <summary>The keys that decide; the last is one of which no two films have the same.</summary>
    public IReadOnlyList<SortTerm> Keys { get; }

    /// <summary>Where a film stands.</summary>
    /// <param name="film">The film.</param>
    /// <param name="words">What relevance is measured by.</param>
    public FilmPosition PositionOf(Film film, SearchTerms? words) => new([.. Keys.Select(term => ValueOf(term.Key, film, words))]);

    /// <summary>Compares two places: negative when the first comes before the other.</summary>
    public int Compare(FilmPosition one, FilmPosition other)
    {
        for (var i = 0; i < Keys.Count; i++)
        {
            if (one.Values[i].CompareTo(other.Values[i]) is not 0 and var order)
            {
                return Keys[i].Descending ? -order : order;
            }
        }

        return 0;
    }

    private static SortValue ValueOf(SortKey key, Film film, SearchTerms? words) => key switch
    {
        SortKey.Id => new SortValue(0, film.Id.ToSortKey()),
        SortKey.Name => new SortValue(0, Encoding.UTF8.GetBytes(NormalizedName.Of(film.Name))),
        SortKey.Year => new SortValue(film.Year),
        SortKey.Released => new SortValue(ReleasePeriods.CodeOf(film.Year, film.Month)),
        SortKey.Revision => new SortValue(film.Revision.Number),
        _ => new SortValue(words?.Rank(NormalizedName.Of(film.Name)) ?? 0),
    };
}

/// <summary>A place in an order: one value for each of its keys.</summary>
/// <param name="Values">The values, in order of the keys.</param>
public sealed record FilmPosition(IReadOnlyList<SortValue> Values);

/// <summary>The value of one key at a place.</summary>
/// <param name="Number">The value of a key that is a number; 0 for the others.</param>
/// <param name="Bytes">The value of a key that is ordered by bytes: the sort key of an id, or a folded name in UTF-8.</param>
public readonly record struct SortValue(long Number, ReadOnlyMemory<byte> Bytes = default)
{
    /// <summary>Compares two values of one key.</summary>
    public int CompareTo(SortValue other) =>
        Number != other.Number ? Number.CompareTo(other.Number) : Bytes.Span.SequenceCompareTo(other.Bytes.Span);
}
